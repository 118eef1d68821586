"""A bundle: a diagram, every process it calls, its forms and tables, under one content hash, ready to run.

Parsed once per process and hash, kept in a bounded cache, shared by every case that runs on it. The shared specification
is never changed by a running case: the dialect has none of the elements that do so (engine-facts §3.6).
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

import msgpack
import zstandard
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from workflows.contracts import Text
from workflows.engine.decision_table import DecisionTable, read_table
from workflows.engine.diagram import Diagram, Element, read_diagram
from workflows.engine.elements import Branches
from workflows.engine.file_shapes import read_yaml
from workflows.engine.parsing import DialectParser

CACHED_BUNDLES = 64
MANIFEST = "bundle.yaml"


@dataclass(frozen=True)
class Under:
    """How a case may be opened by hand under another one: by whom, whether that one rests meanwhile, which facts come along."""

    roles: frozenset[str]
    suspends: bool = False
    inherits: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Bundle:
    """A readable, runnable set of files."""

    digest: str
    process: str
    name: Text
    files: Mapping[str, bytes]
    diagrams: Mapping[str, Diagram]
    forms: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, DecisionTable]
    specs: Mapping[str, BpmnProcessSpec]
    homes: Mapping[str, str]
    """Process or embedded subprocess → the process whose diagram draws it."""
    waits_for: frozenset[str]
    """What the events of its diagrams wait for: `message`, `timer`."""
    sources: Mapping[str, str]
    """Process → the file that holds it."""
    starters: frozenset[str]
    """Roles that may open a case of it by hand; empty when only the program opens one."""
    options: Mapping[str, list[dict[str, str]]]
    """Option lists that its forms name by `valuesKey`: value, label, label_en."""
    under: Under | None = None
    """How one of its cases is opened under another by hand; None when that is not done."""

    def element(self, scope: str, element: str) -> Element:
        """The element of that id in the diagram that draws `scope`."""
        return self.diagrams[self.homes[scope]].elements[element]

    @cached_property
    def reading_order(self) -> tuple[str, ...]:
        """Its processes as one would read them: the main one, then each call with what it calls in turn; at the end what nobody calls."""
        seen: dict[str, None] = {}

        def read(process: str) -> None:
            if process in self.diagrams and process not in seen:
                seen[process] = None
                for element in self.diagrams[process].elements.values():
                    read(element.called)

        for process in (self.process, *self.diagrams):
            read(process)
        return tuple(seen)

    def xml(self, process: str) -> bytes:
        """The BPMN source of one process."""
        return self.files[self.sources[process]]


def pack(files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The content hash (SHA-256, hex) and the stored form of a bundle's files."""
    content = msgpack.packb(sorted(files.items()))
    return hashlib.sha256(content).hexdigest(), zstandard.ZstdCompressor(level=10).compress(content)


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of a stored bundle."""
    return dict(msgpack.unpackb(zstandard.ZstdDecompressor().decompress(content)))


class Shelf:
    """The parsed bundles of this process, the most recently used ones; safe to share between threads."""

    def __init__(self, size: int = CACHED_BUNDLES) -> None:
        """Room for `size` bundles."""
        self._size = size
        self._bundles: OrderedDict[str, Bundle] = OrderedDict()
        self._lock = Lock()

    def bundle(self, digest: str, fetch: Callable[[], bytes]) -> Bundle:
        """The bundle with this content hash; `fetch` gives its stored form when it is not on the shelf."""
        with self._lock:
            if digest in self._bundles:
                self._bundles.move_to_end(digest)
                return self._bundles[digest]
        bundle = read_bundle(unpack(fetch()))
        with self._lock:
            self._bundles[digest] = bundle
            while len(self._bundles) > self._size:
                self._bundles.popitem(last=False)
        return bundle


SHELF = Shelf()


def read_bundle(files: Mapping[str, bytes]) -> Bundle:
    """A checked bundle's files, parsed. What `check` accepts, this reads."""
    manifest = _manifest(files[MANIFEST])
    included = [_manifest(content) for path, content in files.items() if path.endswith(f"/{MANIFEST}")]
    drawn = {path: read_diagram(content) for path, content in files.items() if path.endswith(".bpmn")}
    diagrams = {diagram.process: diagram for diagram in drawn.values()}
    return Bundle(
        digest=pack(files)[0],
        process=manifest["process"],
        name=Text(manifest["name"], manifest.get("name_en") or ""),
        files=dict(files),
        diagrams=diagrams,
        forms={_stem(path): json.loads(content) for path, content in files.items() if path.endswith(".form")},
        tables={_stem(path): read_table(_stem(path), content) for path, content in files.items() if path.endswith(".dmn")},
        specs=specs_of(diagrams, DialectParser()),
        homes=_homes(diagrams),
        waits_for=frozenset(element.event for diagram in diagrams.values() for element in diagram.elements.values() if element.event),
        sources={diagram.process: path for path, diagram in drawn.items()},
        starters=frozenset(manifest.get("starters") or ()),
        options={name: rows for part in (*included, manifest) for name, rows in (part.get("options") or {}).items()},
        under=_under(manifest.get("under")),
    )


@lru_cache(maxsize=256)
def _manifest(content: bytes) -> dict[str, Any]:
    """A manifest, only to be looked at: bundles that include the same procedure share it."""
    return dict(read_yaml(content))


def _under(told: Mapping[str, Any] | None) -> Under | None:
    if told is None:
        return None
    return Under(frozenset(told["roles"]), bool(told.get("suspends", False)), tuple(told.get("inherits") or ()))


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _homes(diagrams: Mapping[str, Diagram]) -> dict[str, str]:
    homes = {process: process for process in diagrams}
    for process, diagram in diagrams.items():
        homes |= {element.id: process for element in diagram.elements.values() if element.kind == "subProcess"}
    return homes


def specs_of(diagrams: Mapping[str, Diagram], parser: DialectParser) -> dict[str, BpmnProcessSpec]:
    """What the engine runs for each process and embedded subprocess of `diagrams`, read by `parser`."""
    for process, diagram in diagrams.items():
        parser.add_bpmn_xml(diagram.root, process)
    specs: dict[str, BpmnProcessSpec] = {}
    for process in diagrams:
        specs[process] = parser.get_spec(process)
        specs.update(parser.get_subprocess_specs(process))
    for spec in specs.values():
        _connect_branches(spec)
    return specs


def _connect_branches(spec: BpmnProcessSpec) -> None:
    # SpiffWorkflow connects this when a branch is created; a case restored in another process never creates it again.
    for task_spec in list(spec.task_specs.values()):
        if isinstance(task_spec, Branches):
            spec.task_specs[task_spec.task_spec].completed_event.connect(task_spec.merge_child)
