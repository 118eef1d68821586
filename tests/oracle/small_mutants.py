"""Faults put into small diagrams: what the bundles that ship have no place for."""

from __future__ import annotations

import yaml

from tests.factories.diagrams import diagram, table
from tests.oracle.editing import Files, Mutation, field
from tests.oracle.mutants import Mutant, Sign
from tests.oracle.sound_models import SMALL, small


def rewritten(name: str, *changes: tuple[str, str], process: str = "main") -> Mutation:
    """The model drawn again with other words."""

    def mutate(files: Files) -> dict[str, bytes]:
        words = SMALL[name][process]
        for old, new in changes:
            assert old in words, old
            words = words.replace(old, new)
        return {**files, f"{process}.bpmn": diagram(process, words)}

    return mutate


def ruled(**rule) -> Mutation:
    """One rule more, which the model does not keep."""

    def mutate(files: Files) -> dict[str, bytes]:
        return {**files, "rules.yaml": yaml.safe_dump({"rules": [{"id": "r", "name": "规则", **rule}]}, allow_unicode=True).encode()}

    return mutate


def fault(fault: str, model: str, mutate: Mutation, *, static: Sign | None = None, oracle: Sign | None = None) -> Mutant:
    return Mutant(fault, small(model), mutate, static, oracle)


def path(rule: str, *elements: str, said: str = "") -> Sign:
    return Sign(f"path_{rule}", elements, said)


def static(rule: str, *elements: str) -> Sign:
    return Sign(rule, elements)


SMALL_MUTANTS = {
    "a merge in a block is drawn as a join": fault(
        "deadlock", "block", rewritten("block", ("xor m", "and m")), static=static("parallel_block", "split"), oracle=path("waits_for_ever", "m", "join"),
    ),
    "a branch of a block can end beside it": fault(
        "deadlock", "block", rewritten("block", ("end ie", "end ie\nend aside"), ("g > m", "g > aside")), static=static("branch_leaves_block", "f_split_b"), oracle=path("waits_for_ever", "join"),
    ),
    "a join waits for one flow more than there are branches": fault(
        "deadlock", "block", rewritten("block", ("c > m", "c > join")),
        static=static("join_unbalanced", "join"), oracle=path("waits_for_ever", "join"),
    ),
    "a join is drawn as a merge": fault(
        "lack of synchronisation", "block", rewritten("block", ("and join", "xor join")), static=static("parallel_block", "split"), oracle=path("twice", "d"),
    ),
    "a split is drawn without a join": fault(
        "lack of synchronisation", "loop", rewritten("loop", ("xor h", "and h"), (' : again == "maybe"', ""), ("m > e", "m > w > e"), ("end e", "user w form=plain\nend e")),
        static=static("parallel_block", "h"), oracle=path("twice", "w"),
    ),
    "the road of news that does not interrupt comes back": fault(
        "lack of synchronisation", "news", rewritten("news", ("told > te", "told > m"), ("end te", "")), static=static("road_beside_comes_back", "more"), oracle=path("twice", "z"),
    ),
    "two branches answer the same question": fault("lost update", "block", rewritten("block", ("user a form=plain", "user a form=redo")), oracle=path("lost_update", "a", "b")),
    "two branches count": fault(
        "lost update", "block", rewritten("block", ("user a form=plain", "user a form=plain\nservice k service=count\nservice l service=count"), ("split > a > join", "split > a > k > join"), ("split > b > g", "split > b > l > g")), oracle=path("lost_update", "a", "b"),
    ),
    "a called process writes what the branch beside it writes": fault(
        "lost update", "calls", rewritten("calls", ("user b form=again", "user b form=redo"), process="one"), oracle=path("lost_update", "one", "a"),
    ),
    "news beside a task is answered in the field of the task": fault(
        "lost update", "news", rewritten("news", ("user told form=redo", "user told form=again")), oracle=path("lost_update", "a", "told"),
    ),
    "an answer that the form does not offer": fault("dead branch", "loop", rewritten("loop", ('again == "yes"', 'again == "perhaps"')), oracle=path("never_reached", "f_g_back")),
    "a condition that an earlier one has decided": fault(
        "dead branch", "twice decided", rewritten("twice decided", ('redo == "no"', 'again == "no"')), oracle=path("never_reached", "c"),
    ),
    "a condition that always holds": fault(
        "dead branch", "loop", rewritten("loop", ('h > y : again == "maybe"', 'h > y : again == "yes" or again != "yes"')), oracle=path("never_reached", "z"),
    ),
    "an answer that is hidden where it is needed": fault(
        "dead branch", "twice decided", field("redo", "redo", conditional={"hide": '=again = "yes"'}), oracle=path("never_reached", "c"),
    ),
    "news that nobody will wait for": fault(
        "dead branch", "awaited", rewritten("awaited", ('again == "yes"', 'again == "yes" and again == "no"')), oracle=path("never_reached", "n"),
    ),
    "an event gateway with one event": fault(
        "event", "choice", rewritten("choice", ("g > x > b > m", ""), ("catch x message=raid", ""), ("user b form=plain", "")), static=static("event_gateway_one_way", "g"),
    ),
    "news that means two things": fault("event", "choice", rewritten("choice", ("message=flight", "message=raid")), static=static("same_message_twice", "g")),
    "both ways lead back": fault("no end reached", "loop", rewritten("loop", ("h > z > m > e", "h > z > back"), ("y > m", "y > e")), oracle=None, static=static("leads_nowhere", "m")),
    "whatever is answered leads back": fault(
        "no end reached", "loop", rewritten("loop", ('g > back : again == "yes"', "g > back : again == again")), oracle=path("never_ends"),
    ),
    "a called process never comes back": fault(
        "no end reached", "calls in a row", rewritten("calls in a row", ('redo == "yes"', 'redo in ["yes", "no"]'), process="one"), oracle=path("never_ends", "s"),
    ),
    "services that call each other for ever": fault(
        "no end reached", "services", rewritten("services", ("user a form=plain", ""), ("s > back > a > k", "s > back > k"), ("count > 3", "not count == 3 or count == 3")), oracle=path("stops"),
    ),
    "no end at all": fault("no end reached", "straight", rewritten("straight", ("end e", "xor e\nxor f"), ("a > e", "a > e > f > e")), static=static("no_end", "main")),
    "a task for a member without a branch": fault(
        "wrong lane", "straight", lambda files: {**files, "main.bpmn": diagram("main", SMALL["straight"]["main"], agency="member")}, oracle=path("nobody", "a"),
    ),
    "a task for the police before they are told": fault(
        "wrong lane", "straight", lambda files: {**files, "main.bpmn": diagram("main", SMALL["straight"]["main"], agency="police")}, oracle=path("nobody", "a"),
    ),
    "a clock that nobody stops": fault("stopsClock dropped", "clocked", rewritten("clocked", (" stopsClock=transfer.decide", "")), oracle=path("open_clock", said="transfer.decide")),
    "news takes the case past the step that stops a clock": fault(
        "stopsClock dropped", "clocked", rewritten("clocked", ("n > z2 > e2", "n > e2"), ("user z2 form=plain stopsClock=transfer.decide", "")), oracle=path("open_clock", "n"),
    ),
    "a number may be left out that a condition compares": fault(
        "a condition stops the engine", "numbers", field("count", "amount", validate={}), oracle=path("stops", "a", said="amount"),
    ),
    "a table loses a row": fault(
        "removed row", "decided", lambda files: {**files, "tables/t.dmn": table("t", "redo", "road", {'"yes"': '"long"'})}, oracle=path("stops", said="t"),
    ),
    "a table loses the road that a condition wants": fault(
        "removed row", "decided", lambda files: {**files, "tables/t.dmn": table("t", "redo", "road", {'"yes"': '"long"', '"no"': '"long"'})}, oracle=path("never_reached", "b"),
    ),
    "a condition in another language": fault("condition", "loop", rewritten("loop", ('again == "yes"', '__import__("os")')), static=static("condition_unreadable", "f_g_back")),
    "what is begun is not finished on one road": fault("a rule broken", "loop", ruled(after={"element": "a"}, requires=[{"element": "y"}]), oracle=path("rule", "z")),
    "what the end demands was not done": fault("a rule broken", "loop", ruled(when='again == "maybe"', requires=[{"element": "z"}]), oracle=path("rule", "y")),
    "what is forbidden afterwards can be done": fault("a rule broken", "loop", ruled(after={"element": "a"}, forbids=[{"element": "y"}]), oracle=path("rule", "y")),
    "what must come before is passed by": fault("a rule broken", "twice decided", ruled(before={"element": "d"}, needs=[{"element": "c"}]), oracle=path("rule", "d")),
    "what may never be is done": fault("a rule broken", "twice decided", ruled(never={"element": "d"}, when='again == "yes"'), oracle=path("rule", "d")),
    "news takes the case past what must be done": fault(
        "a rule broken", "clocked", ruled(after={"element": "a"}, requires=[{"element": "z"}]), oracle=path("rule", "z2"),
    ),
    "a rule in no known sentence": fault("a rule", "loop", ruled(after={"element": "a"}), static=static("rules_unreadable", "")),
}  # fmt: skip
