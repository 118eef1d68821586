"""The digest of a line covers everything that the line says, and nothing of how it is stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from workflows import journal
from workflows.journal import digest_of
from workflows.records import Event

AT = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)
SAYS = {
    "stream": "s", "seq": 3, "kind": "task_completed", "at": AT, "officer": UUID(int=1), "agency": "a", "payload": {"b": [1, "中"], "a": None},
    "algorithm": "sha256", "previous": "p",
}  # fmt: skip


def digest(**more) -> str:
    return digest_of(Event(**{**SAYS, **more}))


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("stream", "t"), ("seq", 4), ("kind", "task_claimed"), ("at", AT + timedelta(microseconds=1)), ("officer", UUID(int=2)), ("officer", None),
        ("agency", "b"), ("agency", None), ("payload", {"b": [1, "中"], "a": 0}), ("payload", {"b": ["中", 1], "a": None}), ("previous", "q"), ("algorithm", "sha512"),
    ],
)  # fmt: skip
def test_a_line_that_says_anything_else_has_another_digest(field, other):
    assert digest(**{field: other}) != digest()


def test_neither_the_order_of_keys_nor_the_zone_of_the_clock_matters():
    assert digest(payload={"a": None, "b": [1, "中"]}) == digest()
    assert digest(at=AT.astimezone(timezone(timedelta(hours=8)))) == digest()


def test_the_algorithm_may_be_the_national_one():
    import hashlib  # noqa: PLC0415

    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3")
    assert len(digest(algorithm="sm3")) == 64


def test_the_digest_of_a_line_never_changes():
    """A recorded digest: another version of the program must come to the same one."""
    assert digest() == "6963dcc1e2ffc79da51d265bd131b1c6dec6c56e543e84b97a2db51c1ef6f44a"


def test_a_line_speaks_english_with_the_english_name_and_with_the_only_name_where_there_is_no_other():
    both = journal.title("task_completed", {"name": "进场准备", "name_en": "Prepare the visit"})
    assert (both.zh, both.en) == ("办结：进场准备", "Completed: Prepare the visit")
    assert journal.title("task_completed", {"name": "进场准备"}).en == "Completed: 进场准备"
    assert journal.title("task_completed", {"name": "进场准备", "name_en": ""}).en == "Completed: 进场准备"
