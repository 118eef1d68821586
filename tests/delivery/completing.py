"""Completes tasks of open cases as fast as it can, says so each time, until it is killed: `python -m tests.delivery.completing URL SEED`."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from tests.factories.desks import desk_at, people_of
from tests.factories.play import SMALL, Play
from workflows import clocks, outbox
from workflows.errors import OneCaseError
from workflows.records import Case, Event


def main(url: str, seed: int) -> None:
    """Play; open another case whenever fewer than three are open."""
    desk = desk_at(url, Path(), hurried=False)
    people, chance = people_of(desk), Random(seed)
    with desk.database.reading() as session:  # the one before may have been days ahead, and time does not run backwards
        latest = session.scalar(select(func.max(Event.at)))
    desk.clock.now = max([desk.clock.now, *([latest] if latest else [])])
    print("ready", flush=True)
    while True:
        with desk.database.reading() as session:
            open_cases = list(session.scalars(select(Case.id).where(Case.status == "open")))
        if len(open_cases) < 3:
            Play.open(desk, people, classification="both")
            print("done", flush=True)
            continue
        answers = {**SMALL, "members": ["qinglan-amr", "qinglan-hsa"], "classification": chance.choice(["both", "crime", "none"])}
        play = Play(desk, people, chance.choice(open_cases), answers)
        try:
            play.step()
            print("done", flush=True)
        except OneCaseError as error:
            print(f"refused: {error}", flush=True)
        if chance.random() < 0.1:
            desk.clock.forward(days=1)
            clocks.sweep(desk)
            outbox.deliver(desk)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
