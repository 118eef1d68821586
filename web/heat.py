"""The heat map of a version: its diagrams coloured by one measure over a period, and all measures in a table."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from web.audience import WALL, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.language import local
from web.language import sentence as _
from workflows import diagrams, heat
from workflows.contracts import Text
from workflows.errors import WrongAnswers
from workflows.heat import HeatDrawing, HeatMap
from workflows.views import ProcessRow

screen = Blueprint("heat", __name__, url_prefix="/diagrams")

READERS = ("designer", *WALL)
TINTS = 5
"""Colours of the scale; each stands for a fifth of the largest number."""
PERIODS = (30, 90, 365)
"""Days that are offered besides one's own choice."""


@screen.get("/heat")
@audience(*READERS)
def busiest() -> AnyResponse:
    """To the heat map of the process that most open cases are on."""
    processes = diagrams.list_processes(current_desk(), current_officer())
    most = max(processes, key=lambda row: row.latest.open_cases, default=None)
    if most is None:
        return redirect(url_for("diagrams.processes"), code=303)
    return redirect(url_for("heat.of_version", key=most.key, number=most.latest.number), code=303)


@screen.get("/<key>/<int(max=2147483647):number>/heat")
@audience(*READERS)
def of_version(key: str, number: int) -> str | tuple[str, int]:
    """One version; what is no period is said, and the usual one is shown."""
    desk, officer = current_desk(), current_officer()
    process = diagrams.versions(desk, officer, key)
    try:
        since, until = (_day(request.args.get(name, "")) for name in ("since", "until"))
        return _shown(process, heat.heat_map(desk, officer, key, number, since, until))
    except WrongAnswers as error:
        sentence = " ".join(local(Text(*pair)) for pair in error.fields.values())
        return _shown(process, heat.heat_map(desk, officer, key, number), sentence), error.status


def _shown(process: ProcessRow, found: HeatMap, error: str = "") -> str:
    wanted, measure = request.args.get("process"), request.args.get("by", "")
    measure = measure if measure in heat.MEASURES else "entered"
    busy = next((one for one in found.drawings if one.places), found.drawings[0] if found.drawings else None)
    drawing = next((one for one in found.drawings if one.process == wanted), busy)
    return render_template(
        "diagrams/heat.html",
        process=process,
        found=found,
        drawing=drawing,
        measure=measure,
        measures=measure_words(),
        marks=_marks(drawing, measure) if drawing else {},
        scale=_scale(drawing, measure) if drawing else [],
        periods=[(days, found.until - timedelta(days=days)) for days in PERIODS],
        error=error,
    )


def measure_words() -> dict[str, str]:
    """What each measure is called."""
    return {
        "entered": _("进入次数"),
        "finished": _("办结次数"),
        "waiting": _("正在等待"),
        "median": _("等待中位数"),
        "p90": _("九成不超过"),
        "breaches": _("超期次数"),
    }


def _marks(drawing: HeatDrawing, measure: str) -> dict[str, Any]:
    warm = {element: _plain(number) for element, number in drawing.heat(measure).items()}
    return {"heat": warm, "said": {element: _told(number, measure) for element, number in warm.items()}}


def _told(number: float, measure: str) -> str:
    if measure in {"median", "p90"}:
        return _("%(what)s：%(n)s 个工作日", what=measure_words()[measure], n=number)
    return _("%(what)s：%(n)s", what=measure_words()[measure], n=number)


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


def _scale(drawing: HeatDrawing, measure: str) -> list[tuple[int, str]]:
    """The tints that are used, each with the numbers that it stands for."""
    numbers = sorted(drawing.heat(measure).values())
    tints: dict[int, list[float]] = {}
    for number in numbers:
        tints.setdefault(min(TINTS, ceil(number / numbers[-1] * TINTS)), []).append(_plain(number))
    return [(tint, f"{members[0]}" if members[0] == members[-1] else f"{members[0]}–{members[-1]}") for tint, members in tints.items()]


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise WrongAnswers({"since": ("日期写法不对，例如 2026-04-03。", "That is no day; write 2026-04-03.")}) from error
