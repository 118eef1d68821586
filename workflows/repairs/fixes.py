"""One-click repairs: what a finding's button does to the file, everything else in it left as it is.

A repair is offered where it mends what was found and makes no new error; that is tried out beforehand, as far as the time for a check
allows. What is not tried out is not offered: when the first findings are repaired, the next ones get their buttons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workflows.checks.check import errors_alone
from workflows.contracts import Finding
from workflows.engine.diagram import Diagram, read_diagram
from workflows.engine.secure_xml import XmlRefused
from workflows.picture.redrawing import Sheet
from workflows.repairs.beside import BESIDE_FIXES
from workflows.repairs.elements import ELEMENT_FIXES
from workflows.repairs.flows import FLOW_FIXES
from workflows.repairs.picture import PICTURE_FIXES
from workflows.repairs.repair import Repair, Ward
from workflows.repairs.stages import STAGE_FIXES

TRIED = 4_000
"""Steps and flows that are gone through for trying out repairs, in one check: 6 repairs of a diagram of 300 steps, 60 of one of 30."""
MOST_FLOWS = 40
"""Flows at one step beyond which nothing is moved at a click: each of them would have to be drawn anew."""
FIXES: Mapping[str, Repair] = {**FLOW_FIXES, **ELEMENT_FIXES, **PICTURE_FIXES, **STAGE_FIXES, **BESIDE_FIXES}


@dataclass(frozen=True)
class _Patient:
    """A file before anything is repaired."""

    files: Mapping[str, bytes]
    file: str
    diagram: Diagram
    errors: frozenset[tuple[str, str]]

    def treated(self, repair: Repair, rule: str, element: str) -> bytes:
        """The file with the repair. Raises LookupError where it does not fit, mends nothing or makes a new error."""
        if len(self.diagram.incoming(element)) + len(self.diagram.outgoing(element)) > MOST_FLOWS:
            raise LookupError(f"{rule}: too many flows meet at {element}")
        sheet = Sheet(self.files[self.file])
        repair.mend(Ward(self.files, self.diagram, sheet, element))
        content = sheet.content()
        after = errors_alone(self.file, content)
        allowed = self.errors | {(then, element) for then in repair.then}
        if (rule, element) in after or not after <= allowed:
            raise LookupError(f"{rule}: the repair of {element} does not fit")
        return content


def fixed(files: Mapping[str, bytes], file: str, rule: str, element: str) -> bytes:
    """The content of `file` with the finding of `rule` on `element` repaired. Raises LookupError when it has no repair.

    `files` are those of the bundle, or the diagram alone.
    """
    return _patient(files, file).treated(FIXES[rule], rule, element)


def offered(files: Mapping[str, bytes], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each that can be repaired with the name of its repair."""
    patients: dict[str, _Patient] = {}
    left, told = TRIED, []
    for finding in findings:
        label = None
        if finding.rule in FIXES and finding.file.endswith(".bpmn") and left > 0:
            try:
                patients[finding.file] = patient = patients.get(finding.file) or _patient(files, finding.file)
                left -= len(patient.diagram.elements) + len(patient.diagram.flows)
                patient.treated(FIXES[finding.rule], finding.rule, finding.element)
                label = FIXES[finding.rule].label
            except LookupError:
                label = None
        told.append(replace(finding, fix=label))
    return tuple(told)


def _patient(files: Mapping[str, bytes], file: str) -> _Patient:
    try:
        return _Patient(files, file, read_diagram(files[file]), errors_alone(file, files[file]))
    except XmlRefused as refusal:
        raise LookupError(file) from refusal
