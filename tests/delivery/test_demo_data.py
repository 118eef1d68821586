"""What the demonstration seeds is sound: the doctor finds nothing, the record holds, and every case stands where it should."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.factories.desks import desk_at, sqlite_url
from web import demo_seed
from web.demo import publish_shipped
from web.demo_cases import SCENARIOS
from workflows import database, diagrams, doctor, history, publishing
from workflows.records import Case, Event, Task
from workflows.rulebook import shipped_bundles

SHORT = (
    tuple(scenario for scenario in SCENARIOS if scenario.stop_at in {"triage", "negotiate", "sign_receipt", "close_case", "draft_plan"})[:5]
    + SCENARIOS[:1]
    + tuple(scenario for scenario in SCENARIOS if scenario.stop_at in {"handle_seizure", "decide_recusal", "fill_part"})
)


def seeded(place: Path, monkeypatch, scenarios):
    monkeypatch.setattr(demo_seed, "SCENARIOS", scenarios)
    desk = desk_at(sqlite_url(place), place.parent)
    database.migrate(desk.settings.database_url)
    publish_shipped(desk)
    demo_seed.seed(desk)
    return desk


def assert_sound(desk, scenarios):
    assert doctor.examine(desk) == ()
    assert history.verify(desk) == ()
    with desk.database.reading() as session:
        for process in {scenario.process for scenario in scenarios}:
            opened = select(func.count()).where(Case.process == process)
            assert session.scalar(opened) == len([one for one in scenarios if one.process == process])
        late = session.scalar(select(func.count()).select_from(Event).where(Event.at > desk.now()))
        assert late == 0, "nothing of the past happens in the future"
        assert [one.title for one in scenarios if not arrived(session, one)] == [], "each case stands where its scenario says"


def arrived(session, scenario):
    """A case that stops waits there, itself or a case under it; any other is closed."""
    case = session.scalars(select(Case).where(Case.title == scenario.title)).one()
    if not scenario.stop_at:
        return case.status == "closed"
    under = select(Case.id).where(Case.parent == case.id)
    at = select(func.count()).where(Task.element == scenario.stop_at, Task.state == "open", Task.case.in_(under) | (Task.case == case.id))
    return session.scalar(at) > 0


def test_a_handful_of_the_demonstrations_cases_is_sound(tmp_path, monkeypatch):
    desk = seeded(tmp_path / "demo.db", monkeypatch, SHORT)
    try:
        assert_sound(desk, SHORT)
        with desk.database.reading() as session:
            assert session.scalar(select(func.count()).where(Case.status == "closed")) >= 1
    finally:
        desk.database.close()


@pytest.mark.slow
def test_all_of_the_demonstrations_cases_are_sound(tmp_path, monkeypatch):
    desk = seeded(tmp_path / "demo.db", monkeypatch, SCENARIOS)
    try:
        assert_sound(desk, SCENARIOS)
    finally:
        desk.database.close()


def test_a_version_that_a_designer_made_of_what_ships_stays_the_newest_when_the_demonstration_starts_again(desk):
    files = shipped_bundles()["supervision"]
    own = {**files, "bundle.yaml": files["bundle.yaml"] + "\n# 青岚市\n".encode()}
    made = diagrams.publish(desk, "虚构·图甲", own, reason="本市的做法")
    publish_shipped(desk)
    with desk.database.reading() as session:
        assert publishing.newest(session, "supervision").number == made.number == 2
