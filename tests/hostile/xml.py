"""XML that reaches outside, unfolds without end, hides what it is, or is only too much."""

from __future__ import annotations

from functools import partial

from tests.hostile.carrier import Files, put, sound, top
from tests.hostile.library import hostile

LINE = "<?xml version='1.0' encoding='UTF-8'?>"


def before(declared: str, use: str = "") -> Files:
    """The diagram behind a DOCTYPE, an entity of which is the name of a step."""
    files = put(LINE, f"{LINE}<!DOCTYPE bpmn:definitions [{declared}]>")
    return put('name="a"', f'name="{use}"', files) if use else files


def in_encoding(encoding: str, codec: str, *, doctype: bool = True) -> Files:
    """The same in an encoding in which a search for `<!DOCTYPE` finds nothing."""
    files = before('<!ENTITY x SYSTEM "file:///etc/hostname">') if doctype else sound()
    text = files["p.bpmn"].decode().replace("UTF-8", encoding)
    return {**files, "p.bpmn": text.encode(codec, "xmlcharrefreplace")}


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
QUADRATIC = f'<!ENTITY big "{"x" * 40_000}">'
OUT = "Entities"
hostile(OUT, "doctype|not_xml", {
    "a file as an entity": partial(before, '<!ENTITY x SYSTEM "file://@SECRET@">'),
    "a file as an entity that is used": lambda: put("</bpmn:process>", "<bpmn:documentation>&x;</bpmn:documentation></bpmn:process>", before('<!ENTITY x SYSTEM "file://@SECRET@">')),
    "an address as an entity": lambda: put("</bpmn:process>", "&x;</bpmn:process>", before('<!ENTITY x SYSTEM "http://127.0.0.1:@PORT@/x">')),
    "a parameter entity from an address": partial(before, '<!ENTITY % p SYSTEM "http://127.0.0.1:@PORT@/x.dtd"> %p;'),
    "a DOCTYPE from an address": lambda: put(LINE, f'{LINE}<!DOCTYPE bpmn:definitions SYSTEM "http://127.0.0.1:@PORT@/x.dtd">'),
    "a DOCTYPE from a file": lambda: put(LINE, f'{LINE}<!DOCTYPE bpmn:definitions SYSTEM "file://@SECRET@">'),
    "a billion laughs": partial(before, LAUGHS),
    "a billion laughs in an attribute": partial(before, LAUGHS, "&a12;"),
    "a quadratic blowup": lambda: put("</bpmn:process>", f"<bpmn:documentation>{'&big;' * 9_000}</bpmn:documentation></bpmn:process>", before(QUADRATIC)),
    "a quadratic blowup in attributes": partial(before, QUADRATIC, "&big;" * 2_000),
    "entities that hold each other": partial(before, '<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"),
    "a DOCTYPE in UTF-16": partial(in_encoding, "UTF-16", "utf-16"),
    "a DOCTYPE in UTF-32": partial(in_encoding, "UTF-32", "utf-32"),
    "a DOCTYPE in UTF-7": partial(in_encoding, "UTF-7", "utf-7"),
    "a DOCTYPE in EBCDIC": partial(in_encoding, "IBM037", "cp037"),
}, kept=False)  # fmt: skip
hostile("Encodings", "encoding|not_xml", {"a diagram in UTF-7": partial(in_encoding, "UTF-7", "utf-7", doctype=False)}, kept=False)

ELSEWHERE = "References out of the file"
hostile(ELSEWHERE, "schema|unknown_call|", {
    "an import of an address": partial(top, '<bpmn:import importType="http://www.w3.org/2001/XMLSchema" location="http://127.0.0.1:@PORT@/x.xsd" namespace="urn:x"/>'),
    "a schema at an address": lambda: put(
        "<bpmn:definitions ", '<bpmn:definitions xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL http://127.0.0.1:@PORT@/x.xsd" '
    ),
    "an XInclude of a file": lambda: put(
        "</bpmn:process>", '<bpmn:documentation><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://@SECRET@" parse="text"/></bpmn:documentation></bpmn:process>'
    ),
    "a style sheet": lambda: put(LINE, f'{LINE}<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:@PORT@/x.xsl"?>'),
    "a picture behind a link": lambda: put(
        "</bpmn:process>", '<bpmn:documentation xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://127.0.0.1:@PORT@/x"/></bpmn:process>'
    ),
})  # fmt: skip

MUCH = "Too much XML"


def noise(content: str) -> Files:
    return put("</bpmn:process>", f"</bpmn:process>{content}")


hostile(MUCH, "too_deep", {"500 elements within each other": lambda: noise("<x>" * 500 + "</x>" * 500)}, kept=False)
hostile(MUCH, "too_deep|not_xml", {
    "100,000 elements within each other": lambda: noise("<x>" * 100_000 + "</x>" * 100_000),
}, kept=False)  # fmt: skip
hostile(MUCH, "too_many_elements", {
    "30,000 elements side by side": lambda: noise("<x/>" * 30_000), "300,000 elements side by side": lambda: noise("<x/>" * 300_000),
}, kept=False)  # fmt: skip
hostile(MUCH, "too_large|bundle_too_large", {
    "a diagram of 3 MB": lambda: noise(f"<!--{'x' * 3_000_000}-->"), "a diagram of 100 MB": lambda: noise(f"<!--{'x' * 100_000_000}-->"),
}, kept=False)  # fmt: skip
hostile(MUCH, "not_xml", {
    "30,000 attributes on one element": lambda: noise("<x " + " ".join(f"a{n}='' " for n in range(30_000)) + "></y>"),
    "no XML at all": lambda: {**sound(), "p.bpmn": b"PK\x03\x04 hello"[4:]},
    "nothing": lambda: {**sound(), "p.bpmn": b""},
    "half a file": lambda: {**sound(), "p.bpmn": sound()["p.bpmn"][:900]},
    "a NUL": lambda: put('name="a"', 'name="&#0;"'),
    "half of a surrogate pair": lambda: put('name="a"', 'name="&#xD800;"'),
})  # fmt: skip
