"""Linked cases as a picture: a tree from the first case to what was opened under it, each node a way to its case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for

from web.language import local
from web.words import case_states
from workflows.views import LinkedCase

COLOURS = {"open": "primary", "suspended": "light-yellow", "closed": "light-green"}
LONGEST = 14
"""Characters of a party's name on the picture; the list below it has the whole."""
ROW = 56
"""Height of a leaf with its two lines of text, in pixels."""


def picture(root: LinkedCase, here: UUID) -> dict[str, Any]:
    """The ECharts option of the tree; the case `here` is set in bold."""
    return {
        "tooltip": {"show": False},
        "series": {
            "type": "tree",
            "data": [_node(root, here)],
            "left": 12,
            "right": 190,
            "top": 28,
            "bottom": 28,
            "symbol": "circle",
            "symbolSize": 11,
            "edgeShape": "polyline",
            "expandAndCollapse": False,
            "initialTreeDepth": -1,
            "label": {"position": "top", "verticalAlign": "bottom", "align": "left", "distance": 10, "lineHeight": 16},
            "leaves": {"label": {"position": "right", "align": "left", "verticalAlign": "middle", "distance": 10}},
        },
    }


def height(root: LinkedCase) -> int:
    """The picture's height in pixels."""
    return ROW * (_leaves(root) + 1)


def _leaves(one: LinkedCase) -> int:
    return sum(map(_leaves, one.below)) or 1


def _node(one: LinkedCase, here: UUID) -> dict[str, Any]:
    words = one.subject or one.case.title
    name = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    state = case_states().get(one.case.status, one.case.status)
    return {
        "name": f"{name}\n{local(one.link)} · {state}" if one.link.zh else f"{name}\n{state}",
        "url": url_for("case.overview", case_id=one.case.id),
        "itemStyle": {"color": COLOURS.get(one.case.status, "muted"), "borderColor": COLOURS.get(one.case.status, "muted")},
        "label": {"fontWeight": "bold" if one.case.id == here else "normal"},
        "children": [_node(child, here) for child in one.below],
    }
