"""A bundle goes out as one zip and comes in again unchanged; a zip that lies about itself brings nothing in."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from workflows import diagrams
from workflows.designing import draft_files, drafts, exchange
from workflows.designing.archive import unpacked, zipped
from workflows.designing.blank import blank
from workflows.errors import NotAllowed, NotFound
from workflows.records import Draft
from workflows.rulebook import shipped_bundles

SEGMENT = st.from_regex(r"[a-z0-9_\u4e00-\u4e10][a-z0-9_.\u4e00-\u4e10-]{0,8}", fullmatch=True)
PATHS = st.builds(
    lambda folders, stem, suffix: "/".join([*folders, stem + suffix]),
    st.lists(SEGMENT, max_size=3),
    SEGMENT,
    st.sampled_from([".bpmn", ".form", ".dmn", ".yaml", ".docx"]),
)
BUNDLES = st.dictionaries(PATHS, st.binary(max_size=60), max_size=12).map(lambda files: {**files, "bundle.yaml": b"process: p\nname: x"})


def drafts_stored(desk):
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Draft))


def archive(entries, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **how) as made:
        for path, content in entries:
            made.writestr(path, content)
    return out.getvalue()


@given(BUNDLES)
def test_what_goes_out_comes_in_unchanged(files):
    assert unpacked("x.zip", zipped(files)) == files


@given(BUNDLES, st.randoms())
def test_the_same_files_are_the_same_bytes_in_whatever_order_they_came(files, chance):
    mixed = list(files.items())
    chance.shuffle(mixed)
    assert zipped(dict(mixed)) == zipped(files)


@pytest.mark.parametrize("name", sorted(shipped_bundles()))
def test_every_bundle_that_ships_goes_through_a_draft_unchanged(desk, people, name):
    files = shipped_bundles()[name]
    draft = exchange.bring(desk, people["designer"], files)
    _, content = exchange.export(desk, people["admin"], draft.id)
    assert unpacked("x.zip", content) == files
    assert content == zipped(files)


def test_a_version_goes_out_and_comes_in_as_a_draft_of_the_same_process(desk, people):
    name, content = exchange.export_version(desk, people["designer"], "supervision", 1)
    assert name == "supervision-v1.zip"
    draft = exchange.bring_upload(desk, people["designer"], name, content)
    assert (draft.process, draft.base, draft.newest, draft.name.zh) == ("supervision", None, 1, "督办")
    with pytest.raises(NotFound):
        exchange.export_version(desk, people["designer"], "supervision", 2)
    with pytest.raises(NotAllowed):
        exchange.export_version(desk, people["health.officer"], "supervision", 1)


class TestComingIn:
    def test_a_folder_that_was_packed_whole_and_what_systems_leave_in_it(self):
        files = blank("visits", "巡查")
        content = archive(
            [*((f"my folder/{path}", one) for path, one in files.items()), ("__MACOSX/my folder/._x", b""), ("my folder/.DS_Store", b"")]
        )
        assert unpacked("x.zip", content) == files

    def test_a_chinese_name_as_chinese_windows_writes_it(self):
        content = archive([("ab.form", b"{}")]).replace(b"ab.form", "登".encode("gbk") + b".form")
        assert set(unpacked("x.zip", content)) == {"登.form"}

    def test_one_diagram_alone_gets_a_manifest(self, desk, people):
        drawn = blank("visits", "巡查", "Visits")["visits.bpmn"]
        draft = exchange.bring_upload(desk, people["designer"], "C:\\temp\\drawn by hand.bpmn", drawn)
        assert (draft.process, draft.name.zh, draft.name.en) == ("visits", "巡查", "Visits")
        assert [file.path for file in drafts.opened(desk, people["designer"], draft.id).files] == ["bundle.yaml", "visits.bpmn"]

    def test_files_of_another_process_than_was_said(self, desk, people):
        with pytest.raises(draft_files.FileRefused):
            exchange.bring(desk, people["designer"], blank("visits", "巡查"), process="supervision")
        assert exchange.bring(desk, people["designer"], blank("visits", "巡查"), process="visits").process == "visits"

    def test_a_base_that_there_is_none(self, desk, people):
        files = shipped_bundles()["supervision"]
        with pytest.raises(NotFound):
            exchange.bring(desk, people["designer"], files, base=9)
        assert exchange.bring(desk, people["designer"], files, base=1).base == 1

    def test_only_designers_bring(self, desk, people):
        for username in ("admin", "health.officer"):
            with pytest.raises(NotAllowed):
                exchange.bring(desk, people[username], blank("visits", "巡查"))
        assert drafts_stored(desk) == 0


def lying(size):
    """A zip whose only entry says that it is `size` bytes long."""
    content = bytearray(archive([("bundle.yaml", b"x" * 100)]))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(mark) + place
        content[at : at + 4] = struct.pack("<I", size)
    return bytes(content)


def encrypted():
    content = bytearray(archive([("bundle.yaml", b"x")]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + place] |= 1
    return bytes(content)


def unknown_method():
    content = bytearray(archive([("bundle.yaml", b"x")]))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.find(mark) + place
        content[at : at + 2] = struct.pack("<H", 99)
    return bytes(content)


class TestHostile:
    GOOD = b"process: visits\nname: x\n"

    @pytest.mark.parametrize(
        "content",
        [
            archive([("bundle.yaml", b"0" * (9 * 1024 * 1024))], compression=zipfile.ZIP_DEFLATED),
            archive([(f"f{number}.form", b"{}") for number in range(201)]),
            archive([("bundle.yaml", GOOD), ("a.form", b"0" * (3 * 1024 * 1024))], compression=zipfile.ZIP_DEFLATED),
            b"x" * (9 * 1024 * 1024),
        ],
    )
    def test_too_much(self, desk, people, content):
        with pytest.raises(draft_files.TooLarge):
            exchange.bring_upload(desk, people["designer"], "x.bpmn", content)
        assert drafts_stored(desk) == 0

    @pytest.mark.parametrize(
        "content",
        [
            lying(10),
            lying(1000),
            encrypted(),
            unknown_method(),
            archive([("bundle.yaml", GOOD)])[:-30] + b"PK\x05\x06" + b"\xff" * 18,
            archive([("bundle.yaml", GOOD), ("bundle.yamm", GOOD)]).replace(b"yamm", b"yaml"),
            archive([("bundle.yaml", GOOD), ("../../etc/passwd.form", b"{}")]),
            archive([("bundle.yaml", GOOD), ("/abs.form", b"{}")]),
            archive([("bundle.yaml", GOOD), ("a\\b.form", b"{}")]),
            archive([("bundle.yaml", GOOD), ("run.exe", b"MZ")]),
            archive([("bundle.yaml", GOOD), ("a.form", b"\xff\xfe\x00")]),
            archive([("bundle.yaml", GOOD), ("a.form", b"a\x00b")]),
            archive([("bundle.yaml", GOOD), ("a.form", "登".encode("gbk"))]),
            archive([("bundle.yaml", b"process: [a]\nname: x")]),
            archive([("bundle.yaml", b"process: '../x'\nname: x")]),
            archive([("bundle.yaml", b"a: &a [x]\nb: *a")]),
            archive([("bundle.yaml", b"process: p\nname: " + b"x" * 101)]),
            archive([("a.bpmn", blank("aa", "a")["aa.bpmn"]), ("b.bpmn", blank("bb", "b")["bb.bpmn"])]),
            archive([]),
            b"",
            b"not xml",
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            b"<a/>",
            b"<a>" * 500 + b"</a>" * 500,
        ],
    )
    def test_what_is_no_bundle(self, desk, people, content):
        with pytest.raises(draft_files.FileRefused) as refused:
            exchange.bring_upload(desk, people["designer"], "x.bpmn", content)
        assert "root:" not in refused.value.zh
        assert drafts_stored(desk) == 0


def test_a_damaged_diagram_in_a_bundle_is_brought_and_the_check_says_what_is_wrong(desk, people):
    files = {**blank("visits", "巡查"), "visits.bpmn": b"<broken"}
    draft = exchange.bring(desk, people["designer"], files)
    assert "not_xml" in {finding.rule for finding in drafts.check(desk, people["designer"], draft.id)}
    assert [finding.rule for finding in diagrams.check(desk, blank("visits", "巡查"))] == []
