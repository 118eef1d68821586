"""The repair of parallel stages that share their scope."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.contracts import Text
from workflows.engine.diagram import Diagram
from workflows.repairs.enclosing import enclosed
from workflows.repairs.repair import Repair, Ward, must


def give_stages_scopes(ward: Ward) -> None:
    """Each parallel stage of the scope goes into a subprocess of its own, where everybody keeps the work they had."""
    must(enclosed(ward.sheet, ward.step.within))
    must(_who(ward.diagram).items() <= _who(ward.sheet.diagram).items())


def _who(diagram: Diagram) -> dict[str, tuple[str, str]]:
    return {element.id: (element.agency, element.role) for element in diagram.elements.values() if not element.kind.endswith("Gateway")}


_APART = Repair(Text("把并行阶段放进子流程", "Put the parallel stage into a subprocess"), give_stages_scopes)
STAGE_FIXES: Mapping[str, Repair] = {"parallel_block": _APART, "parallel_in_loop": _APART}
