"""The command line: sentences, exit codes, JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from sqlalchemy import select

from tests.factories.desks import people_of
from web.cli import main
from web.demo_drafts import BROUGHT, FOREIGN
from workflows import diagrams
from workflows.designing.archive import zipped
from workflows.designing.blank import blank
from workflows.desk import Desk
from workflows.records import Event
from workflows.rulebook import shipped, shipped_bundles


class Told(NamedTuple):
    code: int
    out: str
    err: str


Onecase = Callable[..., Told]
TWO_PEOPLE = ("--author", "designer", "--reviewer", "designer2", "--reason", "首版")


@pytest.fixture
def onecase(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Onecase:
    for name in ("ONECASE_DATABASE_URL", "ONECASE_DEBUG", "FRESH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONECASE_DATA_DIR", str(tmp_path))
    if "desk" in request.fixturenames:  # otherwise there is no database yet
        monkeypatch.setenv("ONECASE_DATABASE_URL", request.getfixturevalue("desk").settings.database_url)

    def run(*words: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["onecase", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Told(int(ended.value.code or 0), told.out, told.err)

    return run


def test_a_due_moment_is_json_with_its_article(onecase: Onecase) -> None:
    rules = json.loads(onecase("due", "--list").out)
    assert rules
    told = onecase("due", rules[0]["id"], "--from", "2026-04-29T10:00+08:00")
    assert told.code == 0
    answer = json.loads(told.out)
    assert set(answer) >= {"due", "unit", "article", "provisional"}
    assert answer["due"].endswith("+08:00")
    assert answer["article"] == rules[0]["article"]


def test_a_start_without_an_offset_is_refused_with_the_remedy(onecase: Onecase) -> None:
    rule = json.loads(onecase("due", "--list").out)[0]["id"]
    told = onecase("due", rule, "--from", "2026-04-29T10:00")
    assert told.code == 2
    assert "2026-04-29T10:00+08:00" in told.err


@pytest.mark.parametrize("start", ["yesterday", "", "2026-13-01T00:00+08:00"])
def test_a_start_that_is_no_moment_is_refused(onecase: Onecase, start: str) -> None:
    told = onecase("due", "any", "--from", start)
    assert told.code == 2
    assert "Traceback" not in told.err


def test_an_unknown_rule_is_refused_with_a_sentence(onecase: Onecase) -> None:
    told = onecase("due", "no-such-rule", "--from", "2026-04-29T10:00+08:00")
    assert told.code == 1
    assert told.err.strip()
    assert "Traceback" not in told.err


def test_computing_and_checking_leave_nothing_behind(onecase: Onecase, tmp_path: Path) -> None:
    onecase("due", "--list")
    onecase("check", str(shipped() / "joint_case"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bundle", ["joint_case", "supervision"])
def test_the_bundles_that_ship_pass_the_check(onecase: Onecase, bundle: str) -> None:
    told = onecase("check", str(shipped() / bundle), "--json")
    assert told.code == 0, told.out
    assert [finding for finding in json.loads(told.out)["findings"] if finding["severity"] == "error"] == []


def test_a_broken_diagram_is_explained_in_both_languages_and_ends_with_one(onecase: Onecase, tmp_path: Path) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text("<definitions")
    told = onecase("check", str(broken))
    assert told.code == 1
    assert "broken.bpmn" in told.out
    found = json.loads(onecase("check", str(broken), "--json").out)["findings"]
    assert all(finding["message"] and finding["message_en"] for finding in found)


def test_a_folder_without_a_diagram_is_said_to_be_one(onecase: Onecase, tmp_path: Path) -> None:
    told = onecase("check", str(tmp_path))
    assert told.code == 1
    assert str(tmp_path) in told.err


@pytest.mark.parametrize("words", [("doctor",), ("record", "verify"), ("work", "--once"), ("user", "list"), ("serve",)])
def test_without_a_database_the_sentence_says_to_migrate(onecase: Onecase, words: tuple[str, ...]) -> None:
    told = onecase(*words)
    assert told.code == 1
    assert "onecase migrate" in told.err


def test_a_database_that_does_not_answer_is_named_in_a_sentence(onecase: Onecase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONECASE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    told = onecase("record", "verify")
    assert told.code == 1
    assert "Traceback" not in told.err


def test_a_fresh_database_is_migrated_and_whole(onecase: Onecase) -> None:
    assert onecase("migrate").code == 0
    assert onecase("migrate").code == 0
    assert onecase("record", "verify").code == 0
    assert onecase("doctor").code == 0
    assert onecase("work", "--once").code == 0


def test_people_can_be_listed_added_and_given_a_password(onecase: Onecase, desk: Desk) -> None:
    assert "health.officer" in onecase("user", "list").out
    added = onecase(
        "user", "add", "new.officer", "--name", "新人", "--agency", "qinglan-health", "--role", "officer", "--password", "Long-enough-1"
    )
    assert added.code == 0, added.err
    assert onecase("user", "password", "new.officer", "--password", "Another-long-2").code == 0
    assert "new.officer" in onecase("user", "list").out


def test_an_installation_begins_with_its_agencies_and_a_first_account(onecase: Onecase, tmp_path: Path) -> None:
    assert onecase("migrate").code == 0
    assert onecase("jurisdiction", str(shipped() / "jurisdictions" / "demo.yaml")).code == 0
    published = onecase("publish", str((shipped() / "joint_case").parent), "--reason", "首版", "--without-paths", "随软件交付，已验证")
    assert published.code == 0, published.err
    assert len(published.out.splitlines()) == len(shipped_bundles()), "every process, one line each"
    first = onecase(
        "user", "add", "first.admin", "--name", "管", "--agency", "yunhai-health", "--role", "admin", "--password", "Long-enough-1"
    )
    assert first.code == 0, first.err
    (tmp_path / "wrong.yaml").write_text("just: a file")
    assert onecase("jurisdiction", str(tmp_path / "wrong.yaml")).code == 1


def test_of_a_folder_with_a_faulty_bundle_nothing_is_published(onecase: Onecase, desk: Desk, tmp_path: Path) -> None:
    shutil.copytree(shipped() / "campaign_report", tmp_path / "a_sound_one")
    shutil.copytree(shipped() / "summary_penalty", tmp_path / "faulty")
    manifest = tmp_path / "a_sound_one" / "bundle.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("专项行动报告", "专项行动报告（改）"), encoding="utf-8")
    for form in (tmp_path / "faulty" / "forms").iterdir():
        form.unlink()
    before = diagrams.list_processes(desk, people_of(desk)["admin"])
    refused = onecase("publish", str(tmp_path), *TWO_PEOPLE)
    assert refused.code == 1
    assert "record_scene" in refused.out
    assert diagrams.list_processes(desk, people_of(desk)["admin"]) == before
    assert onecase("publish", str(manifest.parent), *TWO_PEOPLE).code == 0, "alone it is"
    assert diagrams.list_processes(desk, people_of(desk)["admin"]) != before


def version_of(desk: Desk, process: str):
    return diagrams.versions(desk, people_of(desk)["admin"], process).latest


def published_line(desk: Desk) -> dict[str, str]:
    """What the record says of the last version."""
    with desk.database.reading() as session:
        return session.scalars(select(Event.payload).where(Event.kind == "version_published").order_by(Event.id.desc())).first()


class TestPublishing:
    def at(self, folder: Path, files: Mapping[str, bytes]) -> str:
        place = folder / "visits.zip"
        place.write_bytes(zipped(files))
        return str(place)

    def test_a_zip_is_published_with_its_author_and_its_reviewer_who_are_two(self, onecase: Onecase, desk: Desk, tmp_path: Path) -> None:
        place = self.at(tmp_path, blank("visits", "巡查"))
        assert onecase("check", place).code == 0
        alone = onecase("publish", place, "--author", "designer", "--reviewer", "designer", "--reason", "首版")
        assert alone.code == 1
        assert "同一人" in alone.err
        assert onecase("publish", place, *TWO_PEOPLE).code == 0
        row = version_of(desk, "visits")
        assert (row.author, row.reviewer, row.reason) == ("图甲·流程设计", "图乙·流程设计", "首版")
        line = published_line(desk)
        assert (line["author_account"], line["reviewer_account"]) == ("designer", "designer2")
        assert "without_paths" not in line

    @pytest.mark.parametrize(
        ("people", "field"),
        [
            ((), "author"), (("--author", "designer"), "reviewer"), (("--reviewer", "designer"), "author"),
            (("--author", "designer", "--reviewer", "nobody"), "nobody"), (("--author", "admin", "--reviewer", "designer"), "admin"),
        ],
    )  # fmt: skip
    def test_where_there_are_two_designers_both_are_named(self, onecase: Onecase, desk: Desk, tmp_path: Path, people, field: str) -> None:
        told = onecase("publish", self.at(tmp_path, blank("visits", "巡查")), *people, "--reason", "首版")
        assert told.code == 1
        assert field in told.err

    def test_without_a_reason_nothing_is_published(self, onecase: Onecase, desk: Desk, tmp_path: Path) -> None:
        place = self.at(tmp_path, blank("visits", "巡查"))
        assert onecase("publish", place, *TWO_PEOPLE[:4]).code == 2
        assert onecase("publish", place, *TWO_PEOPLE[:4], "--reason", " ").code == 1

    def test_a_bundle_that_breaks_a_rule_on_a_path_is_refused_and_passes_only_with_a_reason_that_is_kept(
        self, onecase: Onecase, desk: Desk, tmp_path: Path
    ) -> None:
        rule = {"rules": [{"id": "never", "name": "不得到此", "never": {"form": "first_step"}, "when": "True"}]}
        place = self.at(tmp_path, {**blank("visits", "巡查"), "rules.yaml": yaml.safe_dump(rule, allow_unicode=True).encode()})
        assert onecase("check", place).code == 0, "no path is gone yet"
        refused = onecase("publish", place, *TWO_PEOPLE)
        assert refused.code == 1
        assert "path_rule" in refused.out
        assert onecase("publish", place, *TWO_PEOPLE, "--without-paths", "演练环境").code == 0
        assert published_line(desk)["without_paths"] == "演练环境"

    def test_what_is_published_already_is_no_second_version(self, onecase: Onecase, desk: Desk, tmp_path: Path) -> None:
        place = self.at(tmp_path, blank("visits", "巡查"))
        assert onecase("publish", place, *TWO_PEOPLE).code == 0
        assert onecase("publish", place, *TWO_PEOPLE).code == 0
        assert version_of(desk, "visits").number == 1

    def test_a_diagram_alone_is_not_published_and_the_sentence_says_why(self, onecase: Onecase, desk: Desk, tmp_path: Path) -> None:
        (tmp_path / "visits.bpmn").write_bytes(blank("visits", "巡查")["visits.bpmn"])
        told = onecase("publish", str(tmp_path / "visits.bpmn"), *TWO_PEOPLE)
        assert told.code == 1
        assert "bundle.yaml" in told.err


def test_two_bundles_are_compared_and_what_each_change_does_is_said(onecase: Onecase, tmp_path: Path) -> None:
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    files = blank("visits", "巡查")
    old.write_bytes(zipped(files))
    new.write_bytes(
        zipped({**files, "visits.bpmn": files["visits.bpmn"].replace(b"<bpmn:userTask", b'<bpmn:userTask onecase:officers="2"')})
    )
    assert "nothing differs" in onecase("compare", str(old), str(old)).out
    assert "changes how cases run" in onecase("compare", str(old), str(new)).out
    (change,) = json.loads(onecase("compare", str(old), str(new), "--json").out)["changes"]
    assert (change["effect"], change["aspect"], change["old"], change["new"]) == ("execution", "执法人员数", "1", "2")


def test_a_wrong_role_is_explained_at_its_field(onecase: Onecase, desk: Desk) -> None:
    told = onecase("user", "add", "x", "--name", "某", "--agency", "qinglan-health", "--role", "king", "--password", "Long-enough-1")
    assert told.code == 1
    assert "roles" in told.err


def test_a_copy_taken_is_a_copy_that_can_be_brought_back(onecase: Onecase, desk_on: Callable[[str], Desk], tmp_path: Path) -> None:
    desk = desk_on("sqlite")
    copy = tmp_path / "copy.db"
    assert onecase("backup", str(copy)).code == 0
    assert onecase("backup", str(copy)).code == 1
    desk.database.close()
    assert onecase("restore", str(copy)).code == 1
    assert onecase("restore", str(copy), "--replace").code == 0
    assert "health.officer" in onecase("user", "list").out


def test_a_file_that_is_no_database_is_not_brought_back(onecase: Onecase, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("not a database, certainly not one of ours")
    told = onecase("restore", str(tmp_path / "copy.db"), "--replace")
    assert told.code == 1
    assert not (tmp_path / "onecase.db").exists()


def test_a_limit_on_which_the_law_is_open_gives_both_dates(onecase: Onecase) -> None:
    answer = json.loads(onecase("due", "psb.filing", "--from", "2026-04-29T10:00+08:00").out)
    assert (answer["due"][:10], answer["counting"]) == ("2026-05-02", "no_roll_forward")
    assert (answer["alternative"]["due"][:10], answer["alternative"]["counting"]) == ("2026-05-06", "roll_to_working_day")
    assert "alternative" not in json.loads(onecase("due", "penalty.service", "--from", "2026-04-29T10:00+08:00").out)


@pytest.mark.parametrize(
    ("rule", "start", "due", "provisional"),
    [
        ("penalty.service", "2026-04-29T10:00+08:00", "2026-05-12T23:59:59+08:00", False),
        ("penalty.decide", "2026-02-14T23:59+08:00", "2026-05-15T23:59:59+08:00", False),
        ("transfer.hand_over", "2026-04-06T09:00+08:00", "2026-04-07T09:00:00+08:00", False),
        ("hearing.notice", "2026-03-10T10:00+08:00", "2026-02-28T23:59:59+08:00", False),
        ("publicity.disclosure", "2026-12-20T10:00+08:00", "2027-01-15T23:59:59+08:00", True),
        ("ad.refusal", "2026-03-10T10:00+08:00", "2027-03-10T23:59:59+08:00", False),
        ("transfer.hand_over", "2026-04-06T01:00+00:00", "2026-04-07T09:00:00+08:00", False),
    ],
)
def test_limits_that_were_counted_by_hand(onecase: Onecase, rule: str, start: str, due: str, provisional: bool) -> None:
    answer = json.loads(onecase("due", rule, "--from", start).out)
    assert (answer["due"], answer["provisional"]) == (due, provisional)


def test_every_rule_of_the_list_can_be_computed_and_has_its_columns(onecase: Onecase) -> None:
    columns = {
        "id",
        "name",
        "name_en",
        "article",
        "unit",
        "length",
        "direction",
        "starts",
        "excludes",
        "extends",
        "tells",
        "on_breach",
        "counting",
    }
    columns |= {"statutory", "setting", "to_be_confirmed"}
    for rule in json.loads(onecase("due", "--list").out):
        assert columns <= set(rule)
        answer = json.loads(onecase("due", rule["id"], "--from", "2026-04-29T10:00+08:00").out)
        assert (answer["unit"], answer["article"]) == (rule["unit"], rule["article"])
        assert (answer["due"] < "2026-04-29") is (rule["direction"] == "backward")


def test_a_start_beyond_all_calendars_is_refused_in_words(onecase: Onecase) -> None:
    told = onecase("due", "penalty.limitation_health", "--from", "9999-12-31T10:00+08:00")
    assert told.code == 1
    assert "Traceback" not in told.err


PENALTIES = "当事人名称,违法行为,处罚决定日期,处罚机关,机关类别,决定书文号,处罚种类\n虚构·诊所,非医师行医,2025-03-03,虚构·乙市卫健委,卫健,一号,{kind}\n"


def test_a_file_of_penalties_is_tried_first_and_entered_when_asked(onecase: Onecase, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "penalties.csv"
    file.write_text(PENALTIES.format(kind="警告"), encoding="utf-8")
    tried = onecase("import", "penalties", str(file))
    assert tried.code == 0
    assert "dry run" in tried.out
    assert "新增 new" in tried.out
    assert json.loads(onecase("import", "penalties", str(file), "--enter", "--json").out)["new"] == 1
    again = json.loads(onecase("import", "penalties", str(file), "--enter", "--json").out)
    assert (again["new"], again["same"], again["entered"], again["faults"]) == (0, 1, True, [])


def test_a_file_of_penalties_with_a_fault_is_told_by_line_and_ends_with_1(onecase: Onecase, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "penalties.csv"
    file.write_text(PENALTIES.format(kind="打手心"), encoding="utf-8")
    told = onecase("import", "penalties", str(file), "--enter")
    assert (told.code, "line 2  处罚种类" in told.out, "nothing was entered" in told.out) == (1, True, True)
    file.write_bytes(b"")
    told = onecase("import", "penalties", str(file))
    assert (told.code, "The file is empty" in told.err) == (1, True)


def test_a_diagram_of_another_tool_becomes_a_folder_and_every_change_is_told(onecase: Onecase, tmp_path: Path) -> None:
    drawn, into = tmp_path / "foreign.bpmn", tmp_path / "bundle"
    drawn.write_text(FOREIGN, encoding="utf-8")
    told = onecase("import", str(drawn), "--into", str(into), "--people", "--agency", "HEALTH", "--role", "officer")
    assert told.code == 0, told.out
    assert all(words in told.out for words in ("定时器「整改期满」", "Timer “整改期满”", "已写入"))
    assert {one.relative_to(into).as_posix() for one in into.rglob("*.*")} >= {f"{BROUGHT}.bpmn", "bundle.yaml", "forms/inspect.form"}
    again = onecase("import", str(drawn), "--into", str(into))
    assert again.code != 0
    assert "换一个空目录" in again.err + again.out


def test_a_file_that_cannot_be_imported_ends_with_1_and_says_why(onecase: Onecase, tmp_path: Path) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text("<definitions", encoding="utf-8")
    told = onecase("import", "diagram", str(broken), "--json")
    assert (told.code, json.loads(told.out)["files"]) == (1, {})
    assert "XML" in json.loads(told.out)["refusals"][0]["message"]
