"""The names that a diagram gives its elements, so that a list can say in words what the picture shows."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from web.current_desk import current_desk
from workflows import diagrams
from workflows.contracts import Text
from workflows.engine.diagram import ONECASE
from workflows.views import Drawing

ENGLISH = f"{ONECASE}nameEn"
KEPT = 256
"""Diagrams whose names are kept in memory; a digest never changes its meaning."""


def names_of(drawing: Drawing | None) -> dict[str, Text]:
    """Element id → name, for every element of the drawing that has one."""
    if drawing is None:
        return {}
    return _names(diagrams.xml(current_desk(), drawing.xml_digest, drawing.process))


@lru_cache(maxsize=KEPT)
def _names(xml: bytes) -> dict[str, Text]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(xml, parser)
    return {element.get("id", ""): _name(element) for element in root.iterfind(".//*[@name]") if element.get("id")}


def _name(element: etree._Element) -> Text:
    return Text(" ".join(element.get("name", "").split()), " ".join((element.get(ENGLISH) or "").split()))
