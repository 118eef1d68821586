"""The wall of a supervisor: every overdue and nearly overdue step of every agency below, and the list behind each number."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from web.audience import WALL, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.formats import light_word
from web.language import local
from web.links import PAGE_ROWS
from workflows import overdue
from workflows.views import Wall, WallCell

screen = Blueprint("overdue", __name__, url_prefix="/overdue")

LIGHTS = ("red", "yellow", "green", "none")
BARS = 10
"""Rows in a chart, worst first; the table beneath has all of them."""
COLOURS = {"red": "light-red", "yellow": "light-yellow", "green": "light-green", "none": "#adb5bd"}


@screen.get("")
@audience(*WALL)
def wall() -> str:
    """Headline numbers, by agency, by step, and the oldest overdue steps. The verb refuses who has nobody below."""
    figures: Wall = overdue.wall(current_desk(), current_officer())
    late = overdue.clocks(current_desk(), current_officer(), cursor=request.args.get("cursor"), limit=BARS)
    charts = {"agency": bars(figures.by_agency[:BARS], "agency"), "step": bars(figures.by_step[:BARS], "step")}
    return render_template("overdue/wall.html", wall=figures, late=late, charts=charts, bars=BARS)


@screen.get("/tasks")
@audience(*WALL)
def tasks() -> str:
    """Exactly the tasks that a number on the wall counted."""
    asked = {key: request.args.get(key) or None for key in ("agency", "step", "light")}
    q = request.args.get("q", "").strip()
    desk, officer = current_desk(), current_officer()
    page = overdue.list_tasks(desk, officer, **asked, q=q, cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    figures: Wall = overdue.wall(desk, officer)
    return render_template(
        "overdue/tasks.html", page=page, asked=asked, q=q, wall=figures, lights=LIGHTS, chosen_words=_chosen(figures, asked)
    )


def _chosen(wall: Wall, asked: dict[str, str | None]) -> str:
    """What the list is restricted to, in words, for its heading."""
    named = [cell.name for cell in (*wall.by_agency, *wall.by_step) if cell.key in (asked["agency"], asked["step"])]
    light = [light_word(asked["light"])] if asked["light"] else []
    return " · ".join([*map(local, named), *light])


def bars(cells: tuple[WallCell, ...], parameter: str) -> dict[str, object]:
    """A stacked bar chart of the rows, one series for each light; every bar leads to its list."""
    names = [local(cell.name) for cell in reversed(cells)]  # the chart counts from below
    return {
        "grid": {"left": 8, "right": 24, "top": 32, "bottom": 8, "containLabel": True},
        "legend": {"top": 0},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": names, "axisLabel": {"width": 150, "overflow": "truncate"}},  # the table below has it whole
        "series": [_series(light, cells, parameter) for light in LIGHTS],
    }


def _series(light: str, cells: tuple[WallCell, ...], parameter: str) -> dict[str, object]:
    data = [{"value": getattr(cell, light), "url": _list_of(light, parameter, cell.key)} for cell in reversed(cells)]
    return {"type": "bar", "stack": "all", "name": light_word(light), "color": COLOURS[light], "data": data}


def _list_of(light: str, parameter: str, key: str) -> str:
    values: dict[str, Any] = {"light": light, parameter: key}
    return url_for("overdue.tasks", **values)
