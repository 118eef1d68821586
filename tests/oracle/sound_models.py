"""Small diagrams that are sound, each with one thing that a fault can be put into."""

from __future__ import annotations

from functools import cache

from tests.engine.models import YES_NO
from tests.factories.diagrams import bundle, diagram, form, table

MAYBE = {**YES_NO, "values": [{"value": value, "label": value} for value in ("yes", "no", "maybe")]}
REQUIRED = {"validate": {"required": True}}
FORMS = {
    "plain": form("remark"),
    "other": form("word"),
    "redo": form({**YES_NO, **REQUIRED, "key": "redo"}),
    "again": form({**MAYBE, **REQUIRED, "key": "again"}),
    "count": form({"type": "number", "key": "amount", "label": "#", **REQUIRED}),
}
TABLES = {"t": table("t", "redo", "road", {'"yes"': '"long"', '"no"': '"short"'})}
SMALL: dict[str, dict[str, str]] = {
    "straight": {"main": "start s\nuser a form=plain\nend e\ns > a > e"},
    "loop": {
        "main": 'start s\nxor back\nuser a form=again\nxor g\nxor h\nuser y form=redo\nuser z form=plain\nxor m\nend e\ns > back > a > g\ng > back : again == "yes"\n'
        'g > h\nh > y : again == "maybe"\nh > z > m > e\ny > m',
    },
    "block": {
        "main": "start s\nsub stage {\nstart is\nand split\nuser a form=plain\nuser b form=redo\nxor g\nuser c form=again\nxor m\nand join\nuser d form=redo\nend ie\n"
        'is > split\nsplit > a > join\nsplit > b > g\ng > c : redo == "yes"\ng > m\nc > m\nm > join\njoin > d > ie\n}\nend e\ns > stage > e',
    },
    "calls": {
        "main": "start s\nsub stage {\nstart is\nand split\ncall one =one\nuser a form=redo\nand join\nend ie\nis > split\nsplit > one > join\nsplit > a > join\njoin > ie\n}\nend e\ns > stage > e",
        "one": "start s\nuser b form=again\nend e\ns > b > e",
    },
    "calls in a row": {
        "main": "start s\nuser a form=plain\ncall one =one\nuser z form=plain\nend e\ns > a > one > z > e",
        "one": 'start s\nxor back\nuser b form=redo\nxor g\nend e\ns > back > b > g\ng > back : redo == "yes"\ng > e',
    },
    "twice decided": {
        "main": 'start s\nuser a form=again\nxor g\nuser b form=redo\nxor h\nuser c form=plain\nuser d form=plain\nxor m\nend e\nend e2\ns > a > g\ng > b : again == "yes"\ng > e2\n'
        'b > h\nh > c : redo == "no"\nh > m\nc > m\nm > d > e',
    },
    "awaited": {
        "main": 'start s\nuser a form=again\nxor g\ncatch n message=raid\nuser b form=plain\nxor m\nend e\ns > a > g\ng > n : again == "yes"\nn > b > m\ng > m\nm > e',
    },
    "choice": {
        "main": "start s\nevent g\ncatch x message=raid\ncatch y message=flight\nuser b form=plain\nuser c form=plain\nxor m\nend e\ns > g\ng > x > b > m\ng > y > c > m\nm > e",
    },
    "news": {
        "main": "start s\nuser a form=again\nboundary more on=a message=raid cancel=false\nuser told form=redo\nend te\nxor m\nuser z form=other\nend e\ns > a > m > z > e\nmore > told > te",
    },
    "clocked": {
        "main": "start s\nuser a form=plain startsClock=transfer.decide\nuser b form=plain\nboundary n on=b message=raid\nuser z form=plain stopsClock=transfer.decide\n"
        "user z2 form=plain stopsClock=transfer.decide\nend e\nend e2\ns > a > b > z > e\nn > z2 > e2",
    },
    "services": {
        "main": "start s\nuser a form=plain\nxor back\nservice k service=count\nxor g\nend e\ns > back > a > k > g\ng > back : count > 3\ng > e",
    },
    "numbers": {"main": "start s\nuser a form=count\nxor g\nuser b form=plain\nxor m\nend e\ns > a > g\ng > b : amount >= 10\ng > m\nb > m\nm > e"},
    "decided": {
        "main": 'start s\nuser a form=redo\ntable t decision=t\nxor g\nuser b form=plain\nxor m\nend e\ns > a > t > g\ng > b : road == "short"\ng > m\nb > m\nm > e',
    },
}  # fmt: skip


@cache
def small(name: str) -> dict[str, bytes]:
    """The files of a small model."""
    return bundle("main", {process: diagram(process, words) for process, words in SMALL[name].items()}, forms=FORMS, tables=TABLES)
