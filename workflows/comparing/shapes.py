"""Where the shapes of a diagram stand: what of its picture differs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from workflows.comparing.changes import LAYOUT, Change
from workflows.contracts import Text
from workflows.engine.diagram import local

POSITION, SIZE = Text("位置", "position"), Text("大小", "size")
WAY, LABEL, LOOK = Text("走线", "way of the flow"), Text("标签位置", "place of its label"), Text("图形样式", "look")
DRAWN = frozenset({"BPMNShape", "BPMNEdge"})
Numbers = tuple[str, ...]
Shape = dict[Text, Numbers]
"""Aspect of a shape → its numbers."""


def moved(old: etree._Element, new: etree._Element, shared: Change) -> Iterator[Change]:
    """The shapes that both files draw at different places, one change a shape; `shared` says file and process."""
    before, after = _shapes(old), _shapes(new)
    for place in dict.fromkeys((*after, *before)):
        was, now = before.get(place, {}), after.get(place, {})
        if was != now:
            aspect = next(one for one in (*now, *was) if was.get(one) != now.get(one))
            told = replace(shared, effect=LAYOUT, kind="moved", place=place, aspect=aspect)
            yield replace(told, old=_told(was.get(aspect)), new=_told(now.get(aspect)))


def _told(numbers: Numbers | None) -> Text:
    said = ", ".join((numbers or ())[:8]) + (" …" if len(numbers or ()) > 8 else "")  # noqa: PLR2004 - four points say where it goes
    return Text(said, said)


def _shapes(root: etree._Element) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    for node in root.iter(etree.Element):
        if local(node) in DRAWN and node.get("bpmnElement"):
            found.setdefault(str(node.get("bpmnElement")), {}).update(_shape(node))
    return found


def _shape(node: etree._Element) -> Shape:
    bounds = next((child for child in node if local(child) == "Bounds"), None)
    ways = [child for child in node if local(child) == "waypoint"]
    label = next((inner for child in node if local(child) == "BPMNLabel" for inner in child if local(inner) == "Bounds"), None)
    shape: Shape = {}
    if bounds is not None:
        shape[POSITION] = (_number(bounds, "x"), _number(bounds, "y"))
        shape[SIZE] = (_number(bounds, "width"), _number(bounds, "height"))
    if ways:
        shape[WAY] = tuple(_number(way, axis) for way in ways for axis in "xy")
    if label is not None:
        shape[LABEL] = tuple(_number(label, axis) for axis in ("x", "y", "width", "height"))
    look = sorted((str(key), str(value)) for key, value in node.attrib.items() if key not in {"id", "bpmnElement"})
    if look:
        shape[LOOK] = tuple(f"{etree.QName(key).localname}={value}" for key, value in look)
    return shape


def _number(node: etree._Element, name: str) -> str:
    """A coordinate, in pixels, as it is told: `100` and `100.0` are one place."""
    said = node.get(name, "")
    try:
        return f"{float(said):g}"
    except ValueError:
        return said[:20]
