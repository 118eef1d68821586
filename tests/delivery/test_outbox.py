"""Messages leave after the commit, at least once, always under the same key; what fails is tried again with growing pauses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from workflows import inbox, outbox
from workflows.outbox import PAUSES, to_notices
from workflows.records import Message, Notice


def waiting(desk):
    with desk.database.reading() as session:
        rows = session.scalars(select(Message).where(Message.sent_at.is_(None)).order_by(Message.key)).all()
        session.expunge_all()
        return rows


def boxes(desk):
    with desk.database.reading() as session:
        return sorted(session.scalars(select(Notice.key)))


@pytest.fixture
def posted(play, desk):
    """A step that posts one message: the candidate's head is asked."""
    play(reached="answer_lead")
    assert len(waiting(desk)) == 1
    return desk


def test_a_message_arrives_in_its_box_once_however_often_it_is_delivered(posted, people):
    assert outbox.deliver(posted) == 1
    assert outbox.deliver(posted) == 0
    assert waiting(posted) == []
    assert len(boxes(posted)) == 1
    assert [row.kind for row in inbox.notices(posted, people["health.head"]).items] == ["lead_asked"]


def test_a_channel_that_fails_and_then_works_gets_the_same_key_each_time_and_the_message_arrives_once(posted):
    tried = []

    def channel(session, message):
        tried.append(message.key)
        if len(tried) < 3:
            raise ConnectionError("the gateway is down")
        to_notices(session, message)

    for _ in range(5):
        outbox.deliver(posted, channel=channel)
        posted.clock.forward(seconds=30)

    assert len(tried) == 3
    assert len(set(tried)) == 1
    assert boxes(posted) == [tried[0]]
    assert waiting(posted) == []


def test_the_pauses_between_tries_grow_and_after_the_last_one_the_message_rests_visibly(posted):
    def broken(session, message):
        raise ConnectionError("no route to host")

    pauses = []
    for _ in PAUSES:
        assert outbox.deliver(posted, channel=broken) == 0
        (message,) = waiting(posted)
        pauses.append((message.try_at - posted.now()).total_seconds())
        posted.clock.now += timedelta(seconds=pauses[-1] - 1)
        assert outbox.deliver(posted, channel=broken) == 0, "too early"
        assert waiting(posted)[0].attempts == message.attempts
        posted.clock.forward(seconds=1)

    outbox.deliver(posted, channel=broken)
    (message,) = waiting(posted)
    assert pauses == list(PAUSES)
    assert pauses == sorted(pauses)
    assert (message.try_at, message.attempts) == (None, len(PAUSES) + 1)
    assert "no route to host" in message.error
    posted.clock.forward(days=30)
    assert outbox.deliver(posted, channel=broken) == 0, "until somebody puts it back"


def test_one_message_that_fails_does_not_hold_up_the_others(play, desk):
    play(reached="prepare_visit", members=["qinglan-amr", "qinglan-mpa"])
    doomed = waiting(desk)[0].key

    def choosy(session, message):
        if message.key == doomed:
            raise ConnectionError("refused")
        to_notices(session, message)

    others = len(waiting(desk)) - 1
    assert outbox.deliver(desk, channel=choosy) == others > 0
    assert [message.key for message in waiting(desk)] == [doomed]


def test_a_worker_that_dies_between_delivery_and_commit_delivers_again_under_the_same_key_and_it_arrives_once(posted, monkeypatch):
    """The outer system has the message, our commit is lost: the next delivery repeats it, and the key makes it one."""
    outside = []

    def gateway(session, message):
        outside.append(message.key)
        to_notices(session, message)

    def dies(session, message):
        gateway(session, message)
        raise KeyboardInterrupt  # the process ends here; nothing is committed

    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(posted, channel=dies)
    assert boxes(posted) == []
    assert len(waiting(posted)) == 1

    assert outbox.deliver(posted, channel=gateway) == 1
    assert len(outside) == 2
    assert len(set(outside)) == 1, "whoever receives it can tell that it is the same"
    assert boxes(posted) == [outside[0]]


def test_what_was_put_into_the_box_before_is_not_put_there_again(posted):
    (message,) = waiting(posted)
    with posted.database.transaction() as session:
        to_notices(session, session.get_one(Message, message.key))
    assert outbox.deliver(posted) == 1
    assert boxes(posted) == [message.key]


def test_messages_of_a_step_that_failed_never_leave(play, desk):
    from tests.factories.desks import with_services  # noqa: PLC0415
    from workflows.errors import HandlerFailed  # noqa: PLC0415

    case = play(reached="confirm_candidate")

    def fails(call):
        raise RuntimeError("not now")

    case.desk = with_services(desk, invite_candidate=fails)
    with pytest.raises(HandlerFailed):
        case.do("confirm_candidate")
    assert outbox.deliver(desk) == 0
    assert boxes(desk) == []
