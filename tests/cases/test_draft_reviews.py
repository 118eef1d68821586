"""A draft becomes a version through two people: who wrote it does not publish it, and what is published is what was reviewed."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import cases, diagrams, history
from workflows.designing import draft_files, drafts, holding, reviewing
from workflows.designing.blank import blank
from workflows.errors import DiagramRefused, NotAllowed, NotFound, OneCaseError, OwnWork, WrongAnswers
from workflows.records import Event, Version
from workflows.rulebook import shipped_bundles
from workflows.views import FileChange

PROCESS = "supervision"
FORM = "forms/receive_order.form"


def write(desk, who, draft, path, change):
    """Change a file of the draft as it stands."""
    known = next((file for file in drafts.opened(desk, who, draft.id).files if file.path == path), None)
    return drafts.write(desk, who, draft.id, path, text=change(known.text if known else ""), revision=known.revision if known else 0)


def changed_draft(desk, people, by="designer"):
    draft = drafts.begin(desk, people[by], process=PROCESS)
    write(desk, people[by], draft, FORM, lambda text: text.replace("签收", "收悉") + "\n")
    return draft


def submitted(desk, people, by="designer"):
    return reviewing.submit(desk, people[by], changed_draft(desk, people, by).id, reason="收文用语改正")


def versions(desk, people):
    return diagrams.versions(desk, people["designer"], PROCESS).versions


def lines(desk, kind):
    with desk.database.reading() as session:
        return [(row.officer, row.payload) for row in session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id))]


class TestFromDraftToVersion:
    @pytest.mark.both_databases
    def test_a_second_person_publishes_and_the_version_names_both(self, desk, people):
        draft = submitted(desk, people)
        done = reviewing.publish(desk, people["designer2"], draft.id, reason="核对无误")
        assert (done.state, done.published, done.actions) == ("published", 2, ())
        newest = versions(desk, people)[0]
        assert (newest.number, newest.author, newest.reviewer, newest.reason) == (2, "图甲·流程设计", "图乙·流程设计", "核对无误")
        files = shipped_bundles()[PROCESS]
        with desk.database.reading() as session:
            stored = session.get(Version, (PROCESS, 2)).digest
        assert stored == newest.digest != versions(desk, people)[1].digest
        assert "收悉" in str(diagrams.form(desk, newest.digest, "receive_order"))
        assert "收悉" not in files[FORM].decode(), "the version before stays as it was"
        assert history.verify(desk) == ()

    def test_each_step_is_a_line_of_the_record_with_its_person_and_reason(self, desk, people):
        draft = submitted(desk, people)
        reviewing.send_back(desk, people["designer2"], draft.id, comment="请再核对用语")
        reviewing.submit(desk, people["designer"], draft.id, reason="已核对")
        reviewing.publish(desk, people["designer2"], draft.id, reason="同意")
        first, second = people["designer"].id, people["designer2"].id
        assert [(who, line["reason"]) for who, line in lines(desk, "draft_submitted")] == [(first, "收文用语改正"), (first, "已核对")]
        assert [(who, line["reason"]) for who, line in lines(desk, "draft_returned")] == [(second, "请再核对用语")]
        who, line = lines(desk, "version_published")[-1]
        assert (who, line["author"], line["reviewer"], line["draft"]) == (second, "图甲·流程设计", "图乙·流程设计", str(draft.id))

    def test_cases_under_way_stay_on_their_version(self, desk, people):
        before = Play.open(desk, people)
        draft = drafts.begin(desk, people["designer"], process="joint_case")
        write(desk, people["designer"], draft, "bundle.yaml", lambda text: text + "# 2\n")
        reviewing.submit(desk, people["designer"], draft.id, reason="一")
        reviewing.publish(desk, people["designer2"], draft.id, reason="二")
        assert cases.get(desk, people["health.intake"], before.case).version == 1
        assert cases.get(desk, people["health.intake"], Play.open(desk, people).case).version == 2

    def test_a_new_process_is_published_as_its_first_version(self, desk, people):
        draft = drafts.begin_new(desk, people["designer"], key="visits", name="巡查")
        reviewing.submit(desk, people["designer"], draft.id, reason="新流程")
        assert reviewing.publish(desk, people["designer2"], draft.id, reason="同意").published == 1

    def test_an_older_version_is_restored_by_a_draft_that_begins_with_it(self, desk, people):
        reviewing.publish(desk, people["designer2"], submitted(desk, people).id, reason="同意")
        back = drafts.begin(desk, people["designer2"], process=PROCESS, number=1)
        assert (back.base, back.newest) == (1, 2)
        reviewing.submit(desk, people["designer2"], back.id, reason="恢复第一版")
        reviewing.publish(desk, people["designer"], back.id, reason="同意")
        newest, _, first = versions(desk, people)
        assert (newest.number, newest.digest) == (3, first.digest)

    def test_every_writer_is_an_author_and_many_are_counted(self, desk, people, monkeypatch):
        draft = changed_draft(desk, people)
        desk.clock.forward(minutes=1)
        write(desk, people["designer2"], draft, "bundle.yaml", lambda text: text + "# x\n")
        monkeypatch.setattr(reviewing, "LONGEST_AUTHOR", 12)
        with desk.database.reading() as session:
            row = holding.find(session, people["designer"], draft.id)
            assert reviewing._author(session, row) == "图甲·流程设计等2人"
            monkeypatch.setattr(reviewing, "LONGEST_AUTHOR", 100)
            assert reviewing._author(session, row) == "图甲·流程设计、图乙·流程设计"


class TestNobodyReviewsTheirOwnWork:
    def third(self, desk, people):
        """Somebody who did not touch the draft; the demonstration's head of health designs as well here."""
        return replace(people["health.head"], roles=frozenset({"designer"}))

    def refused(self, desk, who, draft):
        with pytest.raises(OwnWork) as error:
            reviewing.publish(desk, who, draft.id, reason="同意")
        assert (error.value.status, error.value.code) == (403, "own_work")

    def test_who_began_it(self, desk, people):
        draft = drafts.begin(desk, people["designer"], process=PROCESS)
        write(desk, people["designer2"], draft, FORM, lambda text: text + "\n")
        reviewing.submit(desk, people["designer2"], draft.id, reason="一")
        self.refused(desk, people["designer"], draft)
        assert reviewing.publish(desk, self.third(desk, people), draft.id, reason="同意").published == 2

    def test_who_changed_a_file_of_it_even_when_another_wrote_over_that(self, desk, people):
        draft = changed_draft(desk, people)
        write(desk, people["designer2"], draft, FORM, lambda text: text + " ")
        write(desk, people["designer"], draft, FORM, lambda text: text.strip())
        reviewing.submit(desk, people["designer"], draft.id, reason="一")
        self.refused(desk, people["designer2"], draft)
        assert reviewing.publish(desk, self.third(desk, people), draft.id, reason="同意").published == 2

    def test_who_submitted_it(self, desk, people):
        draft = reviewing.submit(desk, people["designer2"], changed_draft(desk, people).id, reason="一")
        self.refused(desk, people["designer2"], draft)
        assert reviewing.publish(desk, self.third(desk, people), draft.id, reason="同意").published == 2

    def test_who_only_looked_at_it_may(self, desk, people):
        draft = changed_draft(desk, people)
        drafts.presence(desk, people["designer2"], draft.id)
        drafts.opened(desk, people["designer2"], draft.id)
        reviewing.submit(desk, people["designer"], draft.id, reason="一")
        shown = reviewing.review(desk, people["designer2"], draft.id).row
        assert (shown.actions, shown.refused) == (("return", "publish"), None)
        assert reviewing.publish(desk, people["designer2"], draft.id, reason="同意").published == 2

    def test_who_sent_it_back_may_publish_it_later(self, desk, people):
        draft = submitted(desk, people)
        reviewing.send_back(desk, people["designer2"], draft.id, comment="再看")
        reviewing.submit(desk, people["designer"], draft.id, reason="看过")
        assert reviewing.publish(desk, people["designer2"], draft.id, reason="同意").published == 2

    def test_the_page_offers_an_author_what_an_author_may_and_says_why_not_more(self, desk, people):
        shown = reviewing.review(desk, people["designer"], submitted(desk, people).id).row
        assert shown.actions == ("return",)
        assert "另一人" in shown.refused.zh

    def test_nor_on_the_command_line(self, desk):
        files = {**shipped_bundles()[PROCESS], FORM: shipped_bundles()[PROCESS][FORM] + b" "}
        with pytest.raises(OwnWork):
            diagrams.publish(desk, "甲", files, reason="一", reviewer="甲 ")
        assert diagrams.publish(desk, "甲", files, reason="一", reviewer="乙").reviewer == "乙"


class TestWhileUnderReview:
    def test_no_file_changes_and_nothing_is_submitted_or_discarded(self, desk, people):
        draft = submitted(desk, people)
        for refused in (
            lambda: drafts.write(desk, people["designer2"], draft.id, FORM, text="{}", revision=1),
            lambda: drafts.remove(desk, people["designer"], draft.id, FORM, revision=1),
            lambda: drafts.discard(desk, people["designer"], draft.id),
            lambda: reviewing.submit(desk, people["designer"], draft.id, reason="再"),
        ):
            with pytest.raises(holding.Frozen) as error:
                refused()
            assert (error.value.status, error.value.code) == (409, "frozen")

    def test_sent_back_it_is_written_again(self, desk, people):
        draft = submitted(desk, people)
        back = reviewing.send_back(desk, people["designer2"], draft.id, comment="请补充")
        assert (back.state, back.comment, back.commented_by) == ("open", "请补充", "图乙·流程设计")
        write(desk, people["designer"], draft, FORM, lambda text: text + "\n")
        assert reviewing.submit(desk, people["designer"], draft.id, reason="已补").state == "in_review"

    def test_what_is_open_is_neither_published_nor_sent_back(self, desk, people):
        draft = changed_draft(desk, people)
        with pytest.raises(holding.Frozen):
            reviewing.publish(desk, people["designer2"], draft.id, reason="同意")
        with pytest.raises(holding.Frozen):
            reviewing.send_back(desk, people["designer2"], draft.id, comment="不")

    def test_what_is_published_stays_published(self, desk, people):
        draft = submitted(desk, people)
        reviewing.publish(desk, people["designer2"], draft.id, reason="同意")
        for refused in (reviewing.publish, reviewing.submit):
            with pytest.raises(holding.Frozen):
                refused(desk, people["designer2" if refused is reviewing.publish else "designer"], draft.id, reason="再")
        assert len(versions(desk, people)) == 2


class TestWhatIsNotPublished:
    def test_a_draft_with_errors_is_not_even_submitted_and_all_are_named(self, desk, people):
        draft = drafts.begin(desk, people["designer"], process=PROCESS)
        form = next(file for file in drafts.opened(desk, people["designer"], draft.id).files if file.path == FORM)
        drafts.remove(desk, people["designer"], draft.id, FORM, revision=form.revision)
        with pytest.raises(DiagramRefused) as error:
            reviewing.submit(desk, people["designer"], draft.id, reason="一")
        assert {finding.rule for finding in error.value.findings} == {"unknown_form"}
        assert drafts.opened(desk, people["designer"], draft.id).row.state == "open"

    def test_what_is_published_already(self, desk, people):
        draft = drafts.begin(desk, people["designer"], process=PROCESS)
        with pytest.raises(reviewing.NothingChanged):
            reviewing.submit(desk, people["designer"], draft.id, reason="一")

    def test_another_process_than_the_draft_is_of(self, desk, people):
        draft = changed_draft(desk, people)
        write(desk, people["designer"], draft, "bundle.yaml", lambda text: text.replace("process: supervision", "process: joint_case"))
        write(desk, people["designer"], draft, "joint_case.bpmn", lambda _: blank("joint_case", "冒名")["joint_case.bpmn"].decode())
        write(desk, people["designer"], draft, "forms/first_step.form", lambda _: blank("x1", "x")["forms/first_step.form"].decode())
        with pytest.raises(draft_files.FileRefused):
            reviewing.submit(desk, people["designer"], draft.id, reason="一")
        assert diagrams.versions(desk, people["designer"], "joint_case").latest.number == 1

    def test_a_draft_that_another_version_has_overtaken_until_the_reviewer_has_seen_it(self, desk, people):
        one, two = submitted(desk, people), changed_draft(desk, people)
        write(desk, people["designer"], two, "bundle.yaml", lambda text: text + "# two\n")
        reviewing.submit(desk, people["designer"], two.id, reason="二")
        reviewing.publish(desk, people["designer2"], one.id, reason="同意")
        with pytest.raises(reviewing.Overtaken) as error:
            reviewing.publish(desk, people["designer2"], two.id, reason="同意")
        assert (error.value.status, error.value.code) == (409, "overtaken")
        shown = reviewing.review(desk, people["designer2"], two.id)
        assert (shown.against, shown.replaces) == (1, 2)
        assert reviewing.publish(desk, people["designer2"], two.id, reason="同意", over=shown.replaces).published == 3

    @pytest.mark.parametrize("words", ["", "  ", "\x00", "长" * 1001])
    def test_without_a_reason(self, desk, people, words):
        draft = changed_draft(desk, people)
        with pytest.raises(WrongAnswers):
            reviewing.submit(desk, people["designer"], draft.id, reason=words)
        reviewing.submit(desk, people["designer"], draft.id, reason="理由")
        with pytest.raises(WrongAnswers):
            reviewing.send_back(desk, people["designer2"], draft.id, comment=words)
        with pytest.raises(WrongAnswers):
            reviewing.publish(desk, people["designer2"], draft.id, reason=words)

    @pytest.mark.parametrize("username", ["admin", "health.head", "supervisor", "auditor"])
    def test_by_somebody_who_does_not_design(self, desk, people, username):
        draft, who = submitted(desk, people), people[username]
        for refused in (
            lambda: reviewing.publish(desk, who, draft.id, reason="同意"),
            lambda: reviewing.send_back(desk, who, draft.id, comment="不"),
            lambda: reviewing.submit(desk, who, draft.id, reason="一"),
        ):
            with pytest.raises(NotAllowed):
                refused()

    def test_what_is_not_there(self, desk, people):
        for refused in (
            lambda: reviewing.publish(desk, people["designer"], uuid4(), reason="同意"),
            lambda: reviewing.review(desk, people["designer"], uuid4()),
        ):
            with pytest.raises(NotFound):
                refused()


def test_the_review_names_what_was_added_removed_and_changed(desk, people):
    draft = changed_draft(desk, people)
    unused = drafts.write(desk, people["designer"], draft.id, "forms/more.form", text='{"components": []}', revision=0)
    assert unused.revision
    found = reviewing.review(desk, people["designer2"], draft.id)
    assert found.changes == (FileChange("forms/more.form", "added"), FileChange(FORM, "changed"))
    assert not [finding for finding in found.findings if finding.severity == "error"]
    assert (found.against, found.replaces) == (1, 1)
    fresh = drafts.begin_new(desk, people["designer"], key="visits", name="巡查")
    assert {change.kind for change in reviewing.review(desk, people["designer2"], fresh.id).changes} == {"added"}


def test_two_reviewers_at_once_publish_one_version(desk, people):
    draft = submitted(desk, people)
    reviewing.publish(desk, people["designer2"], draft.id, reason="同意")
    with pytest.raises(OneCaseError):
        reviewing.publish(desk, people["designer2"], draft.id, reason="同意")
    assert len(versions(desk, people)) == 2
