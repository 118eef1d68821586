"""A draft is written by several people at once, and nothing that one of them saved is lost; whoever may not write changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from workflows import diagrams, history
from workflows.checks import limits
from workflows.designing import draft_files, drafts, holding
from workflows.designing.blank import blank
from workflows.errors import ChangedElsewhere, NotAllowed, NotFound, OneCaseError, WrongAnswers
from workflows.records import Draft, DraftFile, Event
from workflows.rulebook import shipped_bundles


def begun(desk, people, key="home_visits"):
    return drafts.begin_new(desk, people["designer"], key=key, name="上门巡查", name_en="Home visits")


def texts(desk, people, draft):
    return {file.path: file.text for file in drafts.opened(desk, people["admin"], draft.id).files}


def file(desk, people, draft, path):
    return next(one for one in drafts.opened(desk, people["admin"], draft.id).files if one.path == path)


def stored(desk):
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Draft)), session.scalar(select(func.count()).select_from(DraftFile))


def events(desk, kind):
    with desk.database.reading() as session:
        return [row.payload for row in session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id))]


class TestBeginning:
    def test_a_new_process_passes_the_check_without_a_word(self, desk, people):
        draft = begun(desk, people)
        assert drafts.check(desk, people["designer"], draft.id) == ()
        assert (draft.process, draft.name.zh, draft.name.en, draft.base, draft.newest) == (
            "home_visits",
            "上门巡查",
            "Home visits",
            None,
            0,
        )
        assert (draft.state, draft.begun_by, draft.writers) == ("open", "图甲·流程设计", ("图甲·流程设计",))
        assert set(texts(desk, people, draft)) == {"bundle.yaml", "home_visits.bpmn", "forms/first_step.form"}

    def test_a_name_with_marks_of_xml_and_yaml_stays_a_name(self, desk, people):
        name = "\"甲\" & <乙>: {丙} '丁' #"
        draft = drafts.begin_new(desk, people["designer"], key="odd", name=name)
        assert draft.name.zh == name
        assert drafts.check(desk, people["designer"], draft.id) == ()

    @pytest.mark.parametrize(
        ("key", "name"),
        [
            ("A", "甲"),
            ("1a", "甲"),
            ("a b", "甲"),
            ("../a", "甲"),
            ("check", "甲"),
            ("x" * 41, "甲"),
            ("ok_key", " "),
            ("ok_key", "甲" * 101),
            ("ok_key", "a\x00b"),
        ],
    )
    def test_a_key_or_name_that_is_none_is_told_and_nothing_is_stored(self, desk, people, key, name):
        with pytest.raises(WrongAnswers):
            drafts.begin_new(desk, people["designer"], key=key, name=name)
        assert stored(desk) == (0, 0)

    def test_a_copy_of_a_version_has_its_files_byte_by_byte(self, desk, people):
        draft = drafts.begin(desk, people["designer"], process="supervision")
        assert (draft.base, draft.newest, draft.process) == (1, 1, "supervision")
        assert {path: text.encode() for path, text in texts(desk, people, draft).items()} == shipped_bundles()["supervision"]

    def test_a_process_that_is_published_is_not_begun_anew(self, desk, people):
        with pytest.raises(drafts.Exists):
            drafts.begin_new(desk, people["designer"], key="supervision", name="督办")

    @pytest.mark.parametrize(("process", "number"), [("nothing", None), ("supervision", 7), ("", None)])
    def test_a_version_that_there_is_none_is_not_found(self, desk, people, process, number):
        with pytest.raises(NotFound):
            drafts.begin(desk, people["designer"], process=process, number=number)

    def test_who_began_very_many_finishes_some_first(self, desk, people, monkeypatch):
        monkeypatch.setattr(holding, "MOST_OPEN", 2)
        first = begun(desk, people)
        begun(desk, people, "second")
        with pytest.raises(holding.TooMany):
            begun(desk, people, "third")
        drafts.discard(desk, people["designer"], first.id)
        assert begun(desk, people, "third").state == "open"

    def test_each_is_told_in_the_record(self, desk, people):
        drafts.begin(desk, people["designer"], process="supervision")
        draft = begun(desk, people)
        drafts.discard(desk, people["designer"], draft.id)
        assert [(line["name"], line["origin"], line["base"]) for line in events(desk, "draft_begun")] == [
            ("督办", "version", 1),
            ("上门巡查", "new", 0),
        ]
        assert [line["draft"] for line in events(desk, "draft_discarded")] == [str(draft.id)]
        assert history.verify(desk) == ()


class TestWriting:
    def test_what_is_saved_is_there_with_who_and_when(self, desk, people):
        draft = begun(desk, people)
        desk.clock.forward(minutes=5)
        before = file(desk, people, draft, "bundle.yaml")
        saved = drafts.write(desk, people["designer2"], draft.id, "bundle.yaml", text=before.text + "# x\n", revision=before.revision)
        after = file(desk, people, draft, "bundle.yaml")
        assert (after.text, after.by, after.at, after.revision) == (before.text + "# x\n", "图乙·流程设计", desk.now(), saved.revision)
        assert drafts.opened(desk, people["admin"], draft.id).row.writers == ("图甲·流程设计", "图乙·流程设计")

    def test_the_same_text_again_changes_nothing_even_when_its_answer_was_lost(self, desk, people):
        draft = begun(desk, people)
        first = drafts.write(desk, people["designer"], draft.id, "forms/b.form", text="{}", revision=0)
        again = drafts.write(desk, people["designer"], draft.id, "forms/b.form", text="{}", revision=0)
        assert again.revision == first.revision
        assert drafts.write(desk, people["designer2"], draft.id, "forms/b.form", text="{}", revision=0).revision == first.revision
        assert drafts.opened(desk, people["admin"], draft.id).row.writers == ("图甲·流程设计",), (
            "who saves what stands there has not written"
        )

    def test_the_second_of_two_writers_of_one_file_gets_the_text_of_the_first(self, desk, people):
        draft = begun(desk, people)
        start = file(desk, people, draft, "home_visits.bpmn").revision
        mine = drafts.write(desk, people["designer"], draft.id, "home_visits.bpmn", text="<mine/>", revision=start)
        with pytest.raises(ChangedElsewhere) as refused:
            drafts.write(desk, people["designer2"], draft.id, "home_visits.bpmn", text="<yours/>", revision=start)
        theirs = refused.value.theirs
        assert (theirs.text, theirs.by, theirs.revision) == ("<mine/>", "图甲·流程设计", mine.revision)
        assert texts(desk, people, draft)["home_visits.bpmn"] == "<mine/>"
        drafts.write(desk, people["designer2"], draft.id, "home_visits.bpmn", text="<both/>", revision=theirs.revision)
        assert texts(desk, people, draft)["home_visits.bpmn"] == "<both/>"

    def test_writers_of_different_files_do_not_meet(self, desk, people):
        draft = begun(desk, people)
        drafts.write(desk, people["designer"], draft.id, "forms/a.form", text="{}", revision=0)
        drafts.write(desk, people["designer2"], draft.id, "forms/b.form", text="{}", revision=0)
        assert {"forms/a.form", "forms/b.form"} <= set(texts(desk, people, draft))

    @pytest.mark.both_databases
    def test_two_sessions_at_the_same_moment_lose_nothing(self, desk, people):
        draft = begun(desk, people)
        start, gate = file(desk, people, draft, "bundle.yaml").revision, Barrier(8)

        def save(number):
            who = people["designer" if number % 2 else "designer2"]
            gate.wait()
            own = drafts.write(desk, who, draft.id, f"forms/f{number}.form", text="{}", revision=0)
            try:
                return own, drafts.write(
                    desk, who, draft.id, "bundle.yaml", text=f"process: home_visits\nname: 第{number}版\n", revision=start
                )
            except ChangedElsewhere as error:
                return own, error

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(save, range(8)))
        refused = [answer for _, answer in answers if isinstance(answer, ChangedElsewhere)]
        assert len(refused) == 7, "one wins, the others are told"
        kept = texts(desk, people, draft)
        assert {f"forms/f{number}.form" for number in range(8)} <= set(kept)
        assert {error.theirs.text for error in refused} == {kept["bundle.yaml"]}
        assert drafts.opened(desk, people["admin"], draft.id).row.name.zh in kept["bundle.yaml"]

    def test_a_removed_file_is_gone_and_who_still_has_it_is_told(self, desk, people):
        draft = begun(desk, people)
        form = file(desk, people, draft, "forms/first_step.form")
        gone = drafts.remove(desk, people["designer"], draft.id, form.path, revision=form.revision)
        assert form.path not in texts(desk, people, draft)
        assert drafts.remove(desk, people["designer"], draft.id, form.path, revision=form.revision).revision == gone.revision
        with pytest.raises(ChangedElsewhere) as refused:
            drafts.write(desk, people["designer2"], draft.id, form.path, text="{}", revision=form.revision)
        assert (refused.value.theirs.text, refused.value.theirs.by) == (None, "图甲·流程设计")
        drafts.write(desk, people["designer2"], draft.id, form.path, text="{}", revision=0)
        assert texts(desk, people, draft)[form.path] == "{}"

    def test_a_file_that_somebody_changed_is_not_removed_under_them(self, desk, people):
        draft = begun(desk, people)
        form = file(desk, people, draft, "forms/first_step.form")
        drafts.write(desk, people["designer2"], draft.id, form.path, text="{}", revision=form.revision)
        with pytest.raises(ChangedElsewhere):
            drafts.remove(desk, people["designer"], draft.id, form.path, revision=form.revision)
        with pytest.raises(NotFound):
            drafts.remove(desk, people["designer"], draft.id, "forms/other.form", revision=0)

    def test_the_list_shows_the_name_that_the_manifest_has_as_soon_as_it_can_be_read(self, desk, people):
        draft = begun(desk, people)
        start = file(desk, people, draft, "bundle.yaml").revision
        half = drafts.write(desk, people["designer"], draft.id, "bundle.yaml", text="process: home_visits\nname: [", revision=start)
        assert drafts.opened(desk, people["admin"], draft.id).row.name.zh == "上门巡查"
        drafts.write(desk, people["designer"], draft.id, "bundle.yaml", text="process: home_visits\nname: 入户巡查", revision=half.revision)
        assert drafts.opened(desk, people["admin"], draft.id).row.name.zh == "入户巡查"


class TestWhatIsRefused:
    @pytest.mark.parametrize("path", [
        "../a.form", "/etc/passwd", "a/../../b.form", "a\\b.form", "forms/.form", ".bpmn", "a.exe", "a.form/", "a//b.form", "a b.form", "C:a.form", "a\x00.form",
        "a/b/c/d/e.form", "x" * 120 + ".form", "e\u0301.form", "", "a.form\n", "bundle.yaml/x",
    ])  # fmt: skip
    def test_a_name_that_no_file_may_have(self, desk, people, path):
        draft, before = begun(desk, people), None
        before = stored(desk)
        with pytest.raises(draft_files.FileRefused):
            drafts.write(desk, people["designer"], draft.id, path, text="{}", revision=0)
        assert stored(desk) == before

    @pytest.mark.parametrize("path", ["forms/登记.form", "a-b_c.1.bpmn", "tables/x.tests.yaml", "a/b/c/d.dmn"])
    def test_a_name_that_a_file_may_have(self, desk, people, path):
        draft = begun(desk, people)
        drafts.write(desk, people["designer"], draft.id, path, text="x", revision=0)
        assert texts(desk, people, draft)[path] == "x"

    @pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "\ud800", "\x7f", "\ufffe"])
    def test_text_with_control_characters(self, desk, people, text):
        draft = begun(desk, people)
        with pytest.raises(draft_files.FileRefused):
            drafts.write(desk, people["designer"], draft.id, "forms/a.form", text=text, revision=0)
        assert "forms/a.form" not in texts(desk, people, draft)

    def test_a_word_template_is_not_edited_as_text(self, desk, people):
        with pytest.raises(draft_files.FileRefused):
            drafts.write(desk, people["designer"], begun(desk, people).id, "a.docx", text="x", revision=0)

    def test_more_than_a_bundle_can_be(self, desk, people, monkeypatch):
        draft = begun(desk, people)
        with pytest.raises(draft_files.TooLarge):
            drafts.write(desk, people["designer"], draft.id, "forms/a.form", text="中" * (limits.FILE_LIMIT // 3 + 1), revision=0)
        monkeypatch.setattr(draft_files, "COUNT_LIMIT", 4)
        drafts.write(desk, people["designer"], draft.id, "forms/a.form", text="{}", revision=0)
        with pytest.raises(draft_files.TooLarge):
            drafts.write(desk, people["designer"], draft.id, "forms/b.form", text="{}", revision=0)
        monkeypatch.setattr(draft_files, "COUNT_LIMIT", 200)
        monkeypatch.setattr(draft_files, "TOTAL_LIMIT", 10_000)
        with pytest.raises(draft_files.TooLarge):
            drafts.write(desk, people["designer"], draft.id, "forms/b.form", text="x" * 9000, revision=0)
        drafts.write(desk, people["designer"], draft.id, "forms/b.form", text="x" * 3000, revision=0)


class TestWhoMay:
    @pytest.mark.parametrize("username", ["health.officer", "health.head", "supervisor", "security", "auditor"])
    def test_drafts_do_not_exist_for_others(self, desk, people, username):
        draft, who = begun(desk, people), people[username]
        for work in (drafts.opened, drafts.check, drafts.presence, drafts.discard):
            with pytest.raises(NotAllowed):
                work(desk, who, draft.id)
        with pytest.raises(NotAllowed):
            drafts.listed(desk, who)
        with pytest.raises(NotAllowed):
            drafts.begin(desk, who, process="supervision")

    def test_an_administrator_reads_and_writes_nothing(self, desk, people):
        draft, admin = begun(desk, people), people["admin"]
        assert [row.id for row in drafts.listed(desk, admin).items] == [draft.id]
        assert drafts.opened(desk, admin, draft.id).row.actions == ()
        for refused in (
            lambda: drafts.write(desk, admin, draft.id, "forms/a.form", text="{}", revision=0),
            lambda: drafts.remove(desk, admin, draft.id, "bundle.yaml", revision=1),
            lambda: drafts.presence(desk, admin, draft.id),
            lambda: drafts.discard(desk, admin, draft.id),
            lambda: begun(desk, {**people, "designer": admin}, "other"),
        ):
            with pytest.raises(NotAllowed):
                refused()

    def test_only_somebody_who_wrote_in_a_draft_discards_it(self, desk, people):
        draft = begun(desk, people)
        with pytest.raises(NotAllowed):
            drafts.discard(desk, people["designer2"], draft.id)
        drafts.write(desk, people["designer2"], draft.id, "forms/a.form", text="{}", revision=0)
        assert drafts.discard(desk, people["designer2"], draft.id).state == "discarded"
        assert texts(desk, people, draft)["forms/a.form"] == "{}", "what was written stays readable"
        with pytest.raises(holding.Frozen):
            drafts.write(desk, people["designer"], draft.id, "forms/a.form", text="[]", revision=0)

    def test_an_id_that_there_is_none_is_not_found(self, desk, people):
        for work in (drafts.opened, drafts.check, drafts.presence, drafts.discard):
            with pytest.raises(NotFound):
                work(desk, people["designer"], uuid4())


class TestWhoIsHere:
    def test_two_people_see_each_other_for_a_minute(self, desk, people):
        draft = begun(desk, people)
        assert drafts.presence(desk, people["designer"], draft.id) == ()
        came = desk.now()
        desk.clock.forward(seconds=20)
        assert [(one.name, one.since) for one in drafts.presence(desk, people["designer2"], draft.id)] == [("图甲·流程设计", came)]
        desk.clock.forward(seconds=50)
        assert drafts.presence(desk, people["designer2"], draft.id) == (), "seventy seconds without a sign"
        again = desk.now()
        drafts.presence(desk, people["designer"], draft.id)
        assert drafts.opened(desk, people["designer2"], draft.id).here[0].since == again

    def test_saving_shows_that_one_is_there(self, desk, people):
        draft = begun(desk, people)
        drafts.presence(desk, people["designer2"], draft.id)
        saved = drafts.write(desk, people["designer"], draft.id, "forms/a.form", text="{}", revision=0)
        assert [one.name for one in saved.here] == ["图乙·流程设计"]
        assert [one.name for one in drafts.presence(desk, people["designer2"], draft.id)] == ["图甲·流程设计"]


def test_the_list_has_pages_and_the_last_changed_is_first(desk, people):
    made = [begun(desk, people, f"number_{number}") for number in range(3) if desk.clock.forward(minutes=1)]
    first = drafts.listed(desk, people["designer"], limit=2)
    assert ([row.id for row in first.items], first.total) == ([made[2].id, made[1].id], 3)
    assert [row.id for row in drafts.listed(desk, people["designer"], limit=2, cursor=first.next).items] == [made[0].id]
    drafts.discard(desk, people["designer"], made[1].id)
    assert [row.id for row in drafts.listed(desk, people["designer"], state="closed").items] == [made[1].id]
    with pytest.raises(OneCaseError):
        drafts.listed(desk, people["designer"], state="all")


def test_the_smallest_process_can_be_published_and_begun(desk, people):
    version = diagrams.publish(desk, "tests", blank("tiny", "最小流程"), reason="试验")
    assert (version.process, version.number) == ("tiny", 1)
    assert drafts.begin(desk, people["designer"], process="tiny").base == 1
