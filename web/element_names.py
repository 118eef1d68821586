"""The names that a diagram gives its elements, so that a list can say in words what the picture shows."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from web.current_desk import current_desk
from workflows import diagrams
from workflows.views import Drawing

KEPT = 256
"""Diagrams whose names are kept in memory; a digest never changes its meaning."""


def names_of(drawing: Drawing | None) -> dict[str, str]:
    """Element id → name, for every element of the drawing that has one."""
    if drawing is None:
        return {}
    return _names(diagrams.xml(current_desk(), drawing.xml_digest, drawing.process))


@lru_cache(maxsize=KEPT)
def _names(xml: bytes) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(xml, parser)
    named = root.iterfind(".//*[@id]")
    return {element.get("id", ""): " ".join(element.get("name", "").split()) or element.get("id", "") for element in named}
