"""The diagrams that figures are measured on, for ours and for what it is held against; every task asks for a text of its own."""

from __future__ import annotations

from tests.factories.diagrams import bundle, diagram, form
from workflows import diagrams
from workflows.desk import Desk

CLOCK = "clue.triage"
"""The rule that runs where the measured designs of others arm a timer."""
AGAIN = {"type": "radio", "key": "again", "label": "again", "values": [{"value": "yes", "label": "是"}, {"value": "no", "label": "否"}]}
TEXT = ("现场检查笔录：当事人未能出示诊疗许可，治疗室内有开封的注射用品三盒、登记簿一本，执法人员当场拍照取证并制作清单。" * 8)[:300]
"""What a person writes into a task: 300 characters."""
CLOCK_EVERY = 5


def forty() -> str:
    """40 tasks: 10 in sequence, three branches of 5 at the same time, 15 in sequence; a clock on every 5th."""
    first, last = _tasks(1, 10), _tasks(26, 40)
    branches = [_tasks(start, start + 4) for start in (11, 16, 21)]
    return _drawn([*first, *last], ["s", *first, "stage", *last, "e"], _block("stage", branches))


def staged(agencies: int = 5, stages: int = 4, *, flat: bool = False) -> str:
    """Stages one after the other, in each of which every agency has a task at the same time.

    `flat`: gateways on the main road, as a designer draws it for an engine that has no rule about it; else each stage stands in a
    subprocess of its own, as ours wants it.
    """
    blocks = [[[f"t{stage * agencies + number}"] for number in range(1, agencies + 1)] for stage in range(stages)]
    if not flat:
        inner = "\n".join(_block(f"stage{number}", block) for number, block in enumerate(blocks))
        return _drawn([], ["s", *(f"stage{number}" for number in range(stages)), "e"], inner)
    lines, road = [], ["s"]
    for number, block in enumerate(blocks):
        lines += [f"and split{number}", f"and join{number}", *(_user(task) for (task,) in block)]
        lines += [f"split{number} > {task} > join{number}" for (task,) in block]
        lines.append(f"{road[-1]} > split{number}")
        road.append(f"join{number}")
    return "\n".join(["start s", "end e", *lines, f"{road[-1]} > e"])


def rework() -> str:
    """A round of 20 tasks (13 in sequence, two branches of 3 at the same time, one that decides) that may be gone round again."""
    first = _tasks(1, 13)
    block = _block("stage", [_tasks(14, 16), _tasks(17, 19)])
    lines = [*map(_user, first), "user decide form=again", "xor back", "xor g", "start s", "end e", block]
    return "\n".join([*lines, " > ".join(["s", "back", *first, "stage", "decide", "g"]), 'g > back : again == "yes"', "g > e"])


def sequence() -> str:
    """13 tasks: 10 in sequence, a clock on the 5th, then three at the same time (engine-facts, peers)."""
    first = _tasks(1, 10)
    block = _block("stage", [["t11"], ["t12"], ["t13"]])
    lines = [f"user {task} form={task}" + (f" clock={CLOCK}" if task == "t5" else "") for task in first]
    return "\n".join([*lines, "start s", "end e", block, " > ".join(["s", *first, "stage", "e"])])


def publish(desk: Desk, process: str, text: str) -> str:
    """Publish the diagram on the desk; returns the key of its process."""
    asked = sorted({word.removeprefix("form=") for word in text.split() if word.startswith("form=")})
    forms = {name: form(AGAIN) if name == "again" else form(name) for name in asked}
    files = bundle(process, {process: diagram(process, text)}, forms=forms)
    diagrams.publish(desk, "bench", files, reason="to be measured")
    return process


def _tasks(first: int, last: int) -> list[str]:
    return [f"t{number}" for number in range(first, last + 1)]


def _user(task: str) -> str:
    return f"user {task} form={task}" + (f" clock={CLOCK}" if int(task[1:]) % CLOCK_EVERY == 0 else "")


def _block(name: str, branches: list[list[str]]) -> str:
    tasks = [_user(task) for branch in branches for task in branch]
    roads = [" > ".join([f"{name}_split", *branch, f"{name}_join"]) for branch in branches]
    inner = [f"start {name}_s", f"and {name}_split", f"and {name}_join", f"end {name}_e", *tasks, *roads]
    return "\n".join([f"sub {name} {{", *inner, f"{name}_s > {name}_split", f"{name}_join > {name}_e", "}"])


def _drawn(tasks: list[str], road: list[str], more: str) -> str:
    return "\n".join(["start s", "end e", *map(_user, tasks), more, " > ".join(road)])
