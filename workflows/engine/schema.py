"""The XML schema of BPMN 2.0, as SpiffWorkflow carries it."""

from __future__ import annotations

from dataclasses import dataclass

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from workflows.engine.secure_xml import read_xml

VALIDATOR = BpmnValidator()


@dataclass(frozen=True)
class SchemaFault:
    """Where a file leaves the schema: the line (0 where none is known) and what is said of it, in English."""

    line: int
    told: str


def schema_fault(path: str, content: bytes) -> SchemaFault | None:
    """The first fault of a BPMN file against the schema, None when there is none. Raises XmlRefused for what is not read at all."""
    try:
        VALIDATOR.validate(read_xml(content), path)
    except ValidationException as error:
        return SchemaFault(error.line_number or 0, str(error))
    return None
