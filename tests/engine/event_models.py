"""Diagrams with news, timers, event gateways and branches in turn, woven into loops, blocks, calls and branches."""

from __future__ import annotations

CLOCK = "clue.triage"
"""A clock rule that may interrupt: its length is a setting."""
STATUTE = "transfer.decide"

BLOCK_IN_A_LOOP_IN_A_SUBPROCESS = f"""
start s
sub outer {{
  start os
  xor back
  sub stage {{
    start is
    and split
    user a form=plain
    boundary a_late on=a clock={CLOCK}
    user after form=plain
    xor a_done
    user b form=redo
    boundary b_news on=b message=raid cancel=false
    user beside form=plain
    end b_end
    xor again_b
    xor into_b
    user c form=plain
    and join
    end ie
    is > split
    split > a > a_done > join
    a_late > after > a_done
    split > into_b > b > again_b
    again_b > into_b : redo == "yes"
    again_b > join
    b_news > beside > b_end
    split > c > join
    join > ie
  }}
  user decide form=again
  xor g
  end oe
  os > back > stage > decide > g
  g > back : again == "yes"
  g > oe
}}
boundary raided on=outer message=raid_of_all
user restore form=plain
xor into
end e
s > into > outer > e
raided > restore > into
"""
NESTED = f"""
start s
sub one {{
  start s1
  sub two {{
    start s2
    sub three {{
      start s3
      xor back
      user a form=redo
      boundary a_news on=a message=raid
      user a_after form=plain
      user b form=plain
      xor g
      end e3
      end e3b
      s3 > back > a > g
      g > back : redo == "yes"
      g > b > e3
      a_news > a_after > e3b
    }}
    boundary three_news on=three message=raid cancel=false
    boundary three_late on=three clock={STATUTE} cancel=false
    user three_after form=plain
    user three_told form=plain
    end e2
    end e2b
    end e2c
    s2 > three > e2
    three_news > three_after > e2b
    three_late > three_told > e2c
  }}
  boundary two_late on=two clock={CLOCK}
  user two_after form=plain
  end e1
  end e1b
  s1 > two > e1
  two_late > two_after > e1b
}}
boundary one_news on=one message=flight
user one_after form=plain
user z form=plain
end e
end eb
s > one > z > e
one_news > one_after > eb
"""
IN_TURN = f"""
start s
xor back
service list service=items
user a form=plain **items
boundary a_late on=a clock={CLOCK}
boundary a_news on=a message=raid cancel=false
user late form=plain
user told form=plain
end ne
xor m
user decide form=again
xor g
end e
s > back > list > a > m > decide > g
a_late > late > m
a_news > told > ne
g > back : again == "yes"
g > e
"""
BESIDE = f"""
start s
sub a {{
  start as
  xor back
  user first form=plain
  user second form=redo
  xor w
  user third form=plain
  end ae
  as > back > first > second > w
  w > back : redo == "yes"
  w > third > ae
}}
boundary news on=a message=raid cancel=false
boundary late on=a clock={STATUTE} cancel=false
event g
catch reply message=reply
catch silence clock={CLOCK}
user answered form=plain
boundary more on=answered message=more cancel=false
user deeper form=plain
user silent form=plain
user reminded form=plain
user z form=plain
end e
end e1
end e2
end e3
end e4
s > a > z > e
news > g > reply > answered > e1
g > silence > silent > e2
more > deeper > e4
late > reminded > e3
"""
GATEWAY_IN_A_BLOCK = f"""
start s
xor back
sub stage {{
  start is
  and split
  event g
  catch x message=raid
  catch y message=flight
  catch t clock={CLOCK}
  user ax form=plain
  user ay form=plain
  xor m
  user c form=plain
  boundary c_news on=c message=raid
  xor mc
  and join
  end ie
  is > split
  split > g > x > ax > m > join
  g > y > ay > m
  g > t > m
  split > c > mc > join
  c_news > mc
  join > ie
}}
user decide form=again
xor w
end e
s > back > stage > decide > w
w > back : again == "yes"
w > e
"""
EVENT_MODELS: dict[str, dict[str, str]] = {
    "a parallel block in a rework loop in a subprocess, with events": {"main": BLOCK_IN_A_LOOP_IN_A_SUBPROCESS},
    "subprocesses within subprocesses that hear the same news": {"main": NESTED},
    "tasks in turn, with events, in a loop with other items each round": {"main": IN_TURN},
    "calls in turn within branches, interrupted": {
        "main": f"start s\nservice list service=many\ncall one =one *items\nboundary stop on=one message=raid\nboundary late on=one clock={CLOCK}\n"
        "user stopped form=plain\nuser z form=plain\nxor m\nend e\ns > list > one > m > z > e\nstop > stopped > m\nlate > m",
        "one": "start s\nuser b form=plain\nservice list service=many\ncall two =two **inner\nboundary news on=two message=raid\nxor m\nend e\n"
        "s > b > list > two > m > e\nnews > m",
        "two": f"start s\nuser c form=plain *inner\nboundary late on=c clock={CLOCK}\nuser d form=redo\nxor back\nxor g\nend e\n"
        's > back > c > d > g\nlate > d\ng > back : redo == "yes"\ng > e',
    },
    "roads beside the main one, with gateways that several tokens stand on": {"main": BESIDE},
    "an event gateway in a parallel block in a loop": {"main": GATEWAY_IN_A_BLOCK},
    "an event gateway in a loop": {
        "main": f"start s\nxor back\nevent g\ncatch x message=raid\ncatch t clock={CLOCK}\nuser a form=again\nxor w\nend e\nend e2\n"
        's > back > g > x > a > w\nw > back : again == "yes"\nw > e\ng > t > e2',
    },
    "news and a clock on the road": {
        "main": f"start s\ncatch n message=raid\nuser a form=plain\ncatch t clock={STATUTE}\nuser b form=plain\nend e\ns > n > a > t > b > e",
    },
    "work that news interrupts and that is taken up again": {
        "main": "start s\nxor into\ncall one =one\nboundary news on=one message=raid\nuser police form=plain\nend e\ns > into > one > e\nnews > police > into",
        "one": "start s\nservice list service=many\nsub stage {\nstart is\nand split\nand join\nend ie\nuser a form=plain *items\nuser b form=plain\n"
        "is > split\nsplit > a > join\nsplit > b > join\njoin > ie\n}\nuser z form=plain\nend e\ns > list > stage > z > e",
    },
    "a timer for each branch": {
        "main": "start s\nservice list service=many\ncall one =one *items\nuser z form=plain\nend e\ns > list > one > z > e",
        "one": f"start s\nuser b form=plain\nboundary late on=b clock={STATUTE} cancel=false\nuser told form=plain\nboundary later on=b clock={CLOCK}\n"
        "user taken form=plain\nend e\nend e2\nend e3\ns > b > e\nlate > told > e2\nlater > taken > e3",
    },
    "a list in turn without items": {
        "main": "start s\nservice none service=items\nuser a form=plain **nobody\nboundary b on=a message=raid\nuser z form=plain\nend e\nend e2\ns > none > a > z > e\nb > e2",
    },
    "calls for each item within calls for each item": {
        "main": "start s\nservice list service=many\ncall one =one *items\nend e\ns > list > one > e",
        "one": "start s\nuser b form=plain\nservice list service=many\ncall two =two *inner\nend e\ns > b > list > two > e",
        "two": "start s\nuser c form=plain\nservice count service=count\nend e\ns > c > count > e",
    },
}  # fmt: skip
