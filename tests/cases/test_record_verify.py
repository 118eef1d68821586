"""`record verify` finds and names every line that was changed, removed, added or moved, and nothing in a record that nobody touched."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from workflows import history
from workflows.journal import digest_of
from workflows.records import Case, Event

PAYLOAD = json.dumps({"planted": True})


@pytest.fixture
def recorded(play):
    """A case with some eight lines."""
    return play(reached="give_opinion")


def planted(case, *statements: str) -> list[tuple[str, int, str]]:
    """What the check finds after these statements: (stream, line, kind)."""
    with case.desk.database.transaction() as session:
        for statement in statements:
            done = session.execute(text(statement), {"case": str(case.case), "payload": PAYLOAD, "system": "system"})
            assert done.rowcount != 0, f"changed nothing: {statement}"
    return [(fault.stream, fault.seq, fault.kind) for fault in history.verify(case.desk)]


LINE = "stream = :case and seq = 3"
COLUMNS = "stream, seq, kind, at, officer, agency, payload, algorithm, previous, digest"


def test_a_record_that_nobody_touched_holds(recorded):
    assert history.verify(recorded.desk) == ()


@pytest.mark.parametrize(
    "change",
    ["payload = :payload", "officer = (select id from officer where username = 'health.head')", "officer = null", "agency = 'qinglan-psb'", "kind = 'remark'",
     "at = '2026-01-01 00:00:00.000000'", "algorithm = 'nonsense'", "algorithm = 'shake_128'", "algorithm = 'md5'", "digest = 'x'"],
)  # fmt: skip
def test_a_changed_line_is_found(recorded, change):
    found = planted(recorded, f"update event set {change} where {LINE}")
    assert (str(recorded.case), 3, "changed") in found
    assert {seq for _, seq, _ in found} <= {3, 4}


def test_a_line_whose_digest_was_made_to_fit_again_breaks_the_chain(recorded):
    """Who changes a line and computes its digest anew has still not changed the line after it."""
    with recorded.desk.database.transaction() as session:
        line = session.query(Event).filter_by(stream=str(recorded.case), seq=3).one()
        line.payload = {"planted": True}
        line.digest = digest_of(line)
    assert [(fault.seq, fault.kind) for fault in history.verify(recorded.desk)] == [(4, "reordered")]


def test_a_line_removed_from_the_middle_is_found(recorded):
    found = planted(recorded, f"delete from event where {LINE}")
    assert (str(recorded.case), 3, "removed") in found


def test_the_first_line_removed_is_found(recorded):
    assert (str(recorded.case), 1, "removed") in planted(recorded, "delete from event where stream = :case and seq = 1")


def test_a_tail_cut_off_is_found(recorded):
    found = planted(recorded, "delete from event where stream = :case and seq > 4")
    assert {kind for _, _, kind in found} == {"removed"}


def test_a_whole_stream_removed_is_found(recorded):
    assert planted(recorded, "delete from event where stream = :case") == [(str(recorded.case), 1, "removed")]


def test_the_system_stream_is_kept_as_well(recorded):
    assert planted(recorded, "update event set payload = :payload where stream = :system and seq = 1") == [("system", 1, "changed")]


def test_two_lines_that_changed_places_are_found(recorded):
    found = planted(
        recorded,
        "update event set seq = 300 where stream = :case and seq = 3",
        "update event set seq = 3 where stream = :case and seq = 4",
        "update event set seq = 4 where stream = :case and seq = 300",
    )
    assert {(stream, seq) for stream, seq, _ in found} >= {(str(recorded.case), 3), (str(recorded.case), 4)}


def test_a_line_put_in_between_is_found(recorded):
    found = planted(
        recorded,
        "update event set seq = seq + 1000 where stream = :case and seq >= 3",
        f"insert into event ({COLUMNS}) select stream, 3, kind, at, officer, agency, payload, algorithm, previous, digest from event where stream = :case and seq = 2",
        "update event set seq = seq - 999 where stream = :case and seq >= 1000",
    )
    assert (str(recorded.case), 3) in {(stream, seq) for stream, seq, _ in found}


def test_a_line_added_at_the_end_is_found(recorded):
    found = planted(
        recorded,
        f"insert into event ({COLUMNS}) select stream, (select max(seq) + 1 from event where stream = :case), kind, at, officer, agency, payload, algorithm, "
        "previous, digest from event where stream = :case and seq = 2",
    )
    assert "inserted" in {kind for _, _, kind in found}


def test_the_last_line_doubled_under_its_own_number_is_not_possible(recorded):
    with pytest.raises(IntegrityError):
        planted(recorded, f"insert into event ({COLUMNS}) select {COLUMNS} from event where {LINE}")


def test_a_record_of_a_case_that_there_is_none_is_found(recorded):
    found = planted(
        recorded,
        f"insert into event ({COLUMNS}) select 'nobody', seq, kind, at, officer, agency, payload, algorithm, previous, digest from event where {LINE}",
    )
    assert ("nobody", "inserted") in {(stream, kind) for stream, _, kind in found}


def test_a_chain_rewritten_with_its_head_is_not_found_without_a_witness(recorded):
    """What we do not promise: who rewrites everything, heads included, is found only against a head that somebody else keeps."""
    with recorded.desk.database.transaction() as session:
        lines = session.query(Event).filter_by(stream=str(recorded.case)).order_by(Event.seq).all()
        kept_by_a_witness = lines[-1].digest
        lines[2].payload = {"planted": True}
        previous = lines[1].digest
        for line in lines[2:]:
            line.previous, line.digest = previous, ""
            line.digest = previous = digest_of(line)
        session.get_one(Case, recorded.case).record_head = previous
    assert history.verify(recorded.desk) == ()
    assert previous != kept_by_a_witness
