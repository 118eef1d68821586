"""What news and clocks do to a case: what they end, what they begin, what they leave alone, and what they do not take in silence."""

from __future__ import annotations

import pytest

from tests.engine.event_models import CLOCK, STATUTE
from tests.engine.models import FORMS, SERVICES, model
from tests.factories.diagrams import bundle, diagram
from tests.factories.walks import Walk
from workflows.engine.bundle import read_bundle
from workflows.engine.elements import EngineError


@pytest.fixture(params=[False, True], ids=["never saved", "saved after every step"])
def case(request):
    def begin(**texts: str) -> Walk:
        files = bundle("main", {name: diagram(name, text) for name, text in texts.items()}, forms=FORMS)
        return Walk(read_bundle(files), SERVICES, saving=request.param)

    return begin


ON_A_TASK = "start s\nuser a form=plain\nboundary b on=a {}\nuser h form=plain\nend e\nend e2\ns > a > e\nb > h > e2"


def test_news_ends_the_task_that_it_interrupts(case):
    walk = case(main=ON_A_TASK.format("message=raid"))
    assert walk.news() == [("raid", "main", "b", "")]
    walk.report("raid")
    assert walk.waits() == [("main", "h", "")]
    assert walk.news() == []
    walk.answer(0, {})
    assert walk.running.closed


def test_news_that_does_not_interrupt_leaves_the_task_and_may_come_again(case):
    walk = case(main=ON_A_TASK.format("message=raid cancel=false"))
    walk.report("raid")
    walk.report("raid")
    assert walk.waits() == [("main", "a", ""), ("main", "h", ""), ("main", "h", "")]
    walk.answer(0, {})
    assert walk.news() == []
    walk.answer(0, {})
    assert not walk.running.closed
    walk.answer(0, {})
    assert walk.running.closed


def test_a_task_that_is_done_waits_for_no_news(case):
    walk = case(main=ON_A_TASK.format("message=raid").replace("s > a > e", "user z form=plain\ns > a > z > e"))
    walk.answer(0, {})
    with pytest.raises(EngineError, match="nothing waits for 'raid'"):
        walk.report("raid")
    assert walk.waits() == [("main", "z", "")]


def test_what_was_begun_beside_goes_on_when_the_task_is_interrupted(case):
    text = ON_A_TASK.format("message=raid cancel=false") + f"\nboundary late on=a clock={CLOCK}\nuser k form=plain\nend e3\nlate > k > e3"
    walk = case(main=text)
    walk.report("raid")
    walk.expire()
    assert walk.waits() == [("main", "h", ""), ("main", "k", "")]


def test_news_ends_a_call_with_everything_in_it(case):
    main = "start s\ncall one =one\nboundary b on=one message=raid\nuser h form=plain\nend e\nend e2\ns > one > e\nb > h > e2"
    one = "start s\nservice list service=many\ncall two =two *items\nend e\ns > list > two > e"
    two = f"start s\nsub x {{\nstart i\nuser a form=plain\nboundary t on=a clock={CLOCK}\nend ie\nend ie2\ni > a > ie\nt > ie2\n}}\nend e\ns > x > e"
    walk = case(main=main, one=one, two=two)
    assert [branch for _, _, branch in walk.waits()] == ["p", "q", "r"]
    assert len(walk.timers()) == 3
    walk.report("raid")
    assert walk.waits() == [("main", "h", "")]
    assert walk.timers() == []
    walk.answer(0, {})
    assert walk.running.closed


def test_what_was_interrupted_can_be_taken_up_again(case):
    walk = case(main="start s\nxor m\nuser a form=plain\nboundary b on=a message=raid\nuser h form=plain\nend e\ns > m > a > e\nb > h > m")
    for _ in range(3):
        walk.report("raid")
        walk.answer(0, {})
        assert walk.waits() == [("main", "a", "")]
    walk.answer(0, {})
    assert walk.running.closed


BRANCHES = "start s\nservice list service=many\ncall one =one *items\nuser z form=plain\nend e\ns > list > one > z > e"


def test_news_is_heard_in_its_branch_only(case):
    walk = case(main=BRANCHES, one=ON_A_TASK.format("message=raid"))
    walk.report("raid", "q")
    assert walk.waits() == [("one", "a", "p"), ("one", "a", "r"), ("one", "h", "q")]
    with pytest.raises(EngineError):
        walk.report("raid", "q")
    with pytest.raises(EngineError):
        walk.report("raid")


def test_news_for_all_branches_together_ends_them_all(case):
    main = BRANCHES.replace("user z", "boundary b on=one message=raid\nuser h form=plain\nend e2\nuser z") + "\nb > h > e2"
    walk = case(main=main, one="start s\nuser a form=plain\nend e\ns > a > e")
    walk.answer(1, {})
    walk.report("raid")
    assert walk.waits() == [("main", "h", "")]


def test_everybody_who_waits_for_news_hears_it_and_the_outer_one_ends_the_inner(case):
    text = (
        "start s\nsub x {\nstart i\nuser a form=plain\nboundary inner on=a message=raid\nuser k form=plain\nend ie\nend ie2\ni > a > ie\ninner > k > ie2\n}\n"
        "boundary outer on=x message=raid{}\nuser h form=plain\nend e\nend e2\ns > x > e\nouter > h > e2"
    )
    walk = case(main=text.replace("{}", " cancel=false"))
    walk.report("raid")
    assert walk.waits() == [("main", "h", ""), ("main", "k", "")]
    walk = case(main=text.replace("{}", ""))
    walk.report("raid")
    assert walk.waits() == [("main", "h", "")]


def test_the_road_waits_for_news_and_for_a_clock(case):
    walk = case(main=f"start s\ncatch n message=raid\ncatch t clock={STATUTE}\nuser z form=plain\nend e\ns > n > t > z > e")
    assert (walk.waits(), walk.news(), walk.timers(), walk.running.stuck) == ([], [("raid", "main", "n", "")], [], False)
    walk.report("raid")
    assert (walk.news(), [token.element.clock for token in walk.timers()], walk.running.stuck) == ([], [STATUTE], False)
    walk.expire()
    assert walk.waits() == [("main", "z", "")]


GATEWAY = (
    f"start s\nevent g\ncatch m message=raid\ncatch n message=flight\ncatch t clock={CLOCK}\nuser a form=plain\nuser b form=plain\nuser c form=plain\n"
    "end e\nend e2\nend e3\ns > g > m > a > e\ng > n > b > e2\ng > t > c > e3"
)


@pytest.mark.parametrize(("happens", "then"), [("raid", "a"), ("flight", "b"), ("clock", "c")])
def test_the_first_of_several_events_decides_and_the_others_are_gone(case, happens, then):
    walk = case(main=GATEWAY)
    assert walk.look()[1] == [("main", ([("g", 1)], ["s"]))]
    timer = walk.timers()[0].id
    if happens == "clock":
        walk.expire()
    else:
        walk.report(happens)
    assert walk.waits() == [("main", then, "")]
    assert walk.news() == []
    with pytest.raises(EngineError):
        walk.running.expire(timer)
    walk.answer(0, {})
    assert walk.running.closed
    assert {element: walk.running.times_done("main", element) for element in "gmnt"} == {
        "g": 1, "m": happens == "raid", "n": happens == "flight", "t": happens == "clock",
    }  # fmt: skip


def test_tokens_on_one_gateway_are_decided_each_for_itself(case):
    walk = case(
        main=f"start s\nuser a form=plain\nboundary b on=a message=raid cancel=false\nevent g\ncatch m message=reply\ncatch t clock={CLOCK}\n"
        "user x form=plain\nuser y form=plain\nend e\nend e2\nend e3\ns > a > e\nb > g > m > x > e2\ng > t > y > e3"
    )
    walk.report("raid")
    walk.report("raid")
    assert len(walk.timers()) == 2
    walk.expire(0)
    assert walk.waits() == [("main", "a", ""), ("main", "y", "")]
    assert len(walk.timers()) == 1
    walk.report("reply")
    assert walk.waits() == [("main", "a", ""), ("main", "x", ""), ("main", "y", "")]


def test_a_clock_runs_out_once_and_is_known_by_its_id_after_a_save(case):
    walk = case(main=ON_A_TASK.format(f"clock={STATUTE} cancel=false"))
    timer = walk.timers()[0]
    restored = walk.fork()
    assert restored.timers()[0].id == timer.id
    walk.running.expire(timer.id)
    assert walk.waits() == [("main", "a", ""), ("main", "h", "")]
    with pytest.raises(EngineError, match="does not wait for a clock"):
        walk.running.expire(timer.id)
    assert walk.timers() == []


def test_what_can_be_reported_says_what_it_is_called_where_and_who_may(case):
    [found] = case(main=ON_A_TASK.format("message=raid")).running.events()
    assert (found.element.message.zh, found.element.message.en) == ("raid", "News of raid")
    assert (found.process, found.element.id, found.branch, found.element.attached) == ("main", "b", "", "a")
    assert (found.element.agency, found.element.role) == ("receiving", "officer")


def test_a_token_is_drawn_on_the_activity_and_not_on_the_events_on_its_edge(case):
    walk = case(main=ON_A_TASK.format("message=raid"))
    assert walk.running.marks()["main"].tokens == {"a": 1}
    walk.report("raid")
    assert walk.running.marks()["main"].tokens == {"h": 1}
    assert "b" in walk.running.marks()["main"].done
    assert "a" not in walk.running.marks()["main"].done


def test_a_case_of_a_diagram_without_events_looks_for_none():
    walk = model("a call for each item").walk()
    assert walk.bundle.waits_for == frozenset()
    assert (walk.running.events(), walk.running.timers()) == ((), ())


def test_a_file_that_an_editor_drew_with_shapes_runs_the_same():
    """Boundary events that no lane names, a shape for each, as bpmn.io writes them."""
    files = bundle("main", {"main": diagram("main", ON_A_TASK.format("message=raid"))}, forms=FORMS)
    drawn = (
        files["main.bpmn"]
        .replace(b"<bpmn:flowNodeRef>b</bpmn:flowNodeRef>", b"")
        .replace(
            b"</bpmn:definitions>",
            b'<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="di">'
            b'<bpmndi:BPMNPlane id="plane" bpmnElement="main"><bpmndi:BPMNShape id="a_di" bpmnElement="a"><dc:Bounds x="200" y="100" width="100" height="80" />'
            b'</bpmndi:BPMNShape><bpmndi:BPMNShape id="b_di" bpmnElement="b"><dc:Bounds x="232" y="162" width="36" height="36" /></bpmndi:BPMNShape>'
            b"</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>",
        )
    )
    walk = Walk(read_bundle({**files, "main.bpmn": drawn}), SERVICES)
    assert walk.running.events()[0].element.role == "officer"
    walk.report("raid")
    assert walk.waits() == [("main", "h", "")]
