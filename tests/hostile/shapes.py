"""Diagrams that are too large, go round for ever, name each other or nothing."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from tests.factories.diagrams import bundle, diagram, form
from tests.hostile.carrier import Files, put, sound, straight
from tests.hostile.library import hostile

ONE = 'id="f_s_a" sourceRef="s" targetRef="a"'


def chain(count: int) -> Files:
    """So many tasks, one behind the other, before the others."""
    names = [f"n{number}" for number in range(count)]
    tasks = "".join(f'<bpmn:userTask id="{name}" name="{name}" onecase:form="f"/>' for name in names)
    roads = "".join(f'<bpmn:sequenceFlow id="to{one}" sourceRef="{one}" targetRef="{other}"/>' for one, other in pairwise([*names, "a"]))
    return put(ONE, 'id="f_s_a" sourceRef="s" targetRef="n0"', put("</bpmn:process>", f"{tasks}{roads}</bpmn:process>"))


def wide(count: int) -> Files:
    """A gateway and so many tasks behind it, each on its own way to the end."""
    ways = "".join(f'user n{number} form=f\ng > n{number} : again == "{number}"\nn{number} > e\n' for number in range(count))
    return straight(f"start s\nuser a form=f\nxor g\nend e\n{ways}s > a > g\ng > e")


def flows(count: int) -> Files:
    """So many flows between the same two steps."""
    more = "".join(f'<bpmn:sequenceFlow id="more{number}" sourceRef="s" targetRef="a"/>' for number in range(count))
    return put("</bpmn:process>", f"{more}</bpmn:process>")


def nested(count: int) -> Files:
    """Subprocesses within each other."""
    begins = "".join(f'<bpmn:subProcess id="x{number}" name="x">' for number in range(count))
    return put("</bpmn:process>", f"{begins}{'</bpmn:subProcess>' * count}</bpmn:process>")


def ring(count: int) -> Files:
    """Processes that call each other in a ring."""
    roads = {f"p{number}": diagram(f"p{number}", f"start s\ncall c =p{(number + 1) % count}\nend e\ns > c > e") for number in range(count)}
    return bundle("p0", roads, forms={"f": form("n")})


def deep_calls(count: int) -> Files:
    """Processes that call each other, one in the other, with long names."""
    names = [f"{'long' * 10}{number:03}" for number in range(count)]
    roads = {
        name: diagram(
            name,
            f"start s\nuser u{name} form=f\n"
            + (f"call c{name} ={after}\nend e\ns > u{name} > c{name} > e" if after else f"end e\ns > u{name} > e"),
        )
        for name, after in zip(names, [*names[1:], ""], strict=True)
    }
    return bundle(names[0], roads, forms={"f": form("n")})


TWENTY = chain(14)["p.bpmn"]
LARGE = "Diagrams that are too large"
hostile(LARGE, "too_many_nodes|too_many_steps", {
    "402 steps in a row": partial(chain, 400), "1,400 steps in a row": partial(chain, 1_400), "3,000 steps in a row": partial(chain, 3_000),
    "600 steps beside each other": partial(wide, 600),
})  # fmt: skip
hostile(LARGE, "too_many_elements|too_large", {"10,000 steps in a row": partial(chain, 10_000)}, kept=False)
hostile(
    LARGE,
    "too_many_flows",
    {"1,200 flows between two steps": partial(flows, 1_200), "10,000 flows between two steps": partial(flows, 10_000)},
)
hostile(LARGE, "several_outgoing", {"900 flows between two steps": partial(flows, 900)})
hostile(
    LARGE,
    "too_deep|too_many_nodes",
    {"subprocesses 70 deep": partial(nested, 70), "subprocesses 500 deep": partial(nested, 500)},
    kept=False,
)
hostile(LARGE, "leads_nowhere|unreachable", {"subprocesses 25 deep": partial(nested, 25)})
hostile(LARGE, "bundle_too_large", {
    "201 files": lambda: {**sound(), **{f"forms/f{number}.form": form("n") for number in range(201)}},
    "9 MB in five files": lambda: {**sound(), **{f"forms/f{number}.form": form("n") + b" " * 1_900_000 for number in range(5)}},
}, kept=False)  # fmt: skip
hostile(LARGE, "too_many_steps", {
    "150 diagrams of 20 steps": lambda: {
        **sound(), **{f"q{number}.bpmn": TWENTY.replace(b'id="p"', f'id="q{number}"'.encode()) for number in range(150)},
    },
})  # fmt: skip
ROUND = "Diagrams that go round"
hostile(ROUND, "loop_without_rest", {
    "gateways in a ring": lambda: straight(
        "start s\nuser a form=f\nxor g1\nxor g2\nend e\ns > a > g1\ng1 > g2 : n == n\ng1 > e\ng2 > g1 : n == n\ng2 > e"
    ),
    "a gateway that leads to itself": lambda: straight("start s\nuser a form=f\nxor g\nend e\ns > a > g\ng > g : n == n\ng > e"),
    "an empty subprocess in a ring": lambda: straight(
        "start s\nuser a form=f\nxor g\nsub x {\nstart i\nend j\ni > j\n}\nxor h\nend e\ns > a > g > x > h\nh > g : n == n\nh > e"
    ),
})  # fmt: skip
hostile(ROUND, "recursive_call", {
    "a process that calls itself": partial(ring, 1), "two processes that call each other": partial(ring, 2), "150 processes in a ring": partial(ring, 150),
})  # fmt: skip
hostile(ROUND, "calls_too_deep", {"calls 20 deep": partial(deep_calls, 20), "calls 150 deep": partial(deep_calls, 150)})
hostile(ROUND, "schema|several_outgoing|leads_nowhere", {
    "a step that is its own way in": lambda: put('<bpmn:userTask id="a" name="a" onecase:form="f"/>', '<bpmn:userTask id="a" name="a" onecase:form="f"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>a</bpmn:outgoing></bpmn:userTask><bpmn:task id="z"/>'),
    "a flow that is its own source": lambda: put(ONE, 'id="f_s_a" sourceRef="f_s_a" targetRef="f_s_a"'),
})  # fmt: skip
EVENT = '<bpmn:boundaryEvent id="{0}" name="{0}" attachedToRef="{1}"><bpmn:timerEventDefinition id="{0}t"/></bpmn:boundaryEvent>'
hostile(ROUND, "boundary_host|boundary_elsewhere", {
    "events on each other's edge": lambda: put("</bpmn:process>", f"{EVENT.format('x', 'y')}{EVENT.format('y', 'x')}</bpmn:process>"),
    "an event on its own edge": lambda: put("</bpmn:process>", f"{EVENT.format('x', 'x')}</bpmn:process>"),
    "an event on the edge of nothing": lambda: put("</bpmn:process>", f"{EVENT.format('x', 'nothing')}</bpmn:process>"),
})  # fmt: skip
NOWHERE = "References to nothing"
hostile(NOWHERE, "dangling_flow|unreachable|leads_nowhere|schema", {
    "a flow to nothing": lambda: put(ONE, 'id="f_s_a" sourceRef="s" targetRef="nothing"'),
    "a flow from nothing": lambda: put(ONE, 'id="f_s_a" sourceRef="nothing" targetRef="a"'),
    "a flow without ends": lambda: put(ONE, 'id="f_s_a"'),
    "a flow to a lane": lambda: put(ONE, 'id="f_s_a" sourceRef="s" targetRef="lane"'),
    "a flow to the process": lambda: put(ONE, 'id="f_s_a" sourceRef="s" targetRef="p"'),
})  # fmt: skip
hostile(
    NOWHERE, "default_elsewhere|flow_without_condition", {"a default that is nothing": lambda: put('default="f_g_e"', 'default="nothing"')}
)
hostile(NOWHERE, "schema|no_process|manifest|dangling_flow", {
    "a process without an id": lambda: put('<bpmn:process id="p"', "<bpmn:process"),
    "steps without ids": lambda: put('<bpmn:userTask id="a"', "<bpmn:userTask"),
    "definitions without anything": lambda: {**sound(), "p.bpmn": b'<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"/>'},
    "SVG": lambda: {**sound(), "p.bpmn": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'},
})  # fmt: skip
hostile(
    NOWHERE,
    "duplicate_id|schema",
    {"every id twice": lambda: put("</bpmn:process>", '<bpmn:userTask id="a" name="a"/><bpmn:userTask id="g" name="g"/></bpmn:process>')},
)
hostile(
    NOWHERE,
    "schema",
    {
        "a lane that holds itself": lambda: put(
            "<bpmn:flowNodeRef>s<",
            '<bpmn:flowNodeRef>lane</bpmn:flowNodeRef><bpmn:childLaneSet id="cl"><bpmn:lane id="lane"/></bpmn:childLaneSet><bpmn:flowNodeRef>s<',
        )
    },
)
