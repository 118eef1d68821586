"""Stock SpiffWorkflow against ours: its own serializer's JSON, loaded and saved at every completion, in the same database.

Stock runs the model that a designer would give it: four parallel stages on the main road, whose gateways it predicts as branches ^
stages tasks. Ours runs the same work with each stage in a subprocess of its own, which its check asks for. Stock writes one row and
keeps no work list, no clocks, no facts and no record; ours writes all of these.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from tests.benchmarks import models
from tests.benchmarks.bench import Bench
from tests.benchmarks.caseload import Caseload
from tests.benchmarks.figures import Figure, at_least, at_most, interleaved, measures
from tests.factories.diagrams import diagram
from workflows.desk import Desk

CASES = 7
COMPLETIONS = 20
"""5 agencies × 4 stages."""
NEARLY_DONE = 19
BYTES_IN_KB = 1000


@dataclass
class StockCaseload:
    """Cases of one model, worked by stock SpiffWorkflow over a DB-API connection; `mark` is the driver's placeholder."""

    connection: Any
    mark: str
    begin: str
    spec: Any
    serializer: BpmnWorkflowSerializer = field(default_factory=BpmnWorkflowSerializer)
    number: int = 0
    largest: int = 0
    """The longest state that was saved when one completion was left, in bytes."""

    @classmethod
    def on(cls, connection: Any, mark: str, begin: str) -> StockCaseload:
        """Cases of the staged model, in a table of their own."""
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(diagram("staged", models.staged(flat=True))))
        connection.execute("CREATE TABLE stock (id integer PRIMARY KEY, state text)")
        connection.commit()
        return cls(connection, mark, begin, parser.get_spec("staged"))

    def whole(self) -> float:
        """Work a new case to its end. Returns the seconds of its completions together."""
        self.number += 1
        workflow = BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        self.connection.execute(
            f"INSERT INTO stock VALUES ({self.mark}, {self.mark})", (self.number, self.serializer.serialize_json(workflow))
        )
        self.connection.commit()
        return sum(self._complete(left=left) for left in reversed(range(COMPLETIONS)))

    def _complete(self, *, left: int) -> float:
        began = time.perf_counter()
        if self.begin:
            self.connection.execute(self.begin)
        lock = "" if self.begin else " FOR UPDATE"
        (state,) = self.connection.execute(f"SELECT state FROM stock WHERE id = {self.mark}{lock}", (self.number,)).fetchone()
        workflow = self.serializer.deserialize_json(state)
        task = next(workflow.get_tasks_iterator(state=TaskState.READY, manual=True))
        task.data[task.task_spec.bpmn_id] = models.TEXT
        task.run()
        workflow.do_engine_steps()
        state = self.serializer.serialize_json(workflow)
        self.connection.execute(f"UPDATE stock SET state = {self.mark} WHERE id = {self.mark}", (state, self.number))
        self.connection.commit()
        took = time.perf_counter() - began
        if left == 1:
            self.largest = max(self.largest, len(state.encode()))
        assert workflow.completed == (left == 0), "20 completions end the case"
        return took


@measures(step_vs_stock=at_least(15), case_bytes=at_most(6, of="value"))
def on_sqlite(bench: Bench) -> Iterator[Figure]:
    """The time of a completion, averaged over a case, and the stored state of that case before its last completion."""
    desk = bench.sqlite()
    connection = sqlite3.connect(str(desk.database.url.database), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    stock = StockCaseload.on(connection, "?", "BEGIN IMMEDIATE")
    yield _compared(bench, desk, stock, "step_vs_stock")
    connection.close()
    ours = _nearly_done(desk) / BYTES_IN_KB
    yield Figure.gain("case_bytes", ours, stock.largest / BYTES_IN_KB, "kB")


@measures(step_vs_stock_pg=at_least(15))
def on_postgresql(bench: Bench) -> Iterator[Figure]:
    """The same on PostgreSQL."""
    desk = bench.postgres()
    with psycopg.connect(desk.database.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        yield _compared(bench, desk, StockCaseload.on(connection, "%s", ""), "step_vs_stock_pg")


def _compared(bench: Bench, desk: Desk, stock: StockCaseload, figure: str) -> Figure:
    ours = Caseload(desk, models.publish(desk, "staged", models.staged()))
    taken = interleaved(bench, bench.rounds(CASES), silent=1, ours=ours.whole, stock=stock.whole)
    each = {name: median(cases) / COMPLETIONS * 1000 for name, cases in taken.items()}
    return Figure.gain(figure, each["ours"], each["stock"], note=f"medians of {len(taken['ours'])} cases, 20 completions each")


def _nearly_done(desk: Desk) -> int:
    caseload = Caseload(desk, "staged")
    caseload.open()
    for _ in range(NEARLY_DONE):
        caseload.step()
    return caseload.stored_bytes()
