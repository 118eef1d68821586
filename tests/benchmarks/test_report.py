"""What the bench says about its figures; nothing is measured here."""

from __future__ import annotations

import json

from click.testing import CliRunner

from tests.benchmarks import report
from tests.benchmarks.__main__ import main
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.benchmarks.report import Line

REQUIRED = {
    "step_vs_commit_sqlite", "step_vs_commit_pg", "step_vs_stock", "step_growth", "case_bytes", "peer_bpmn_engine", "http_p95", "workers_2", "rss_worker",
}  # fmt: skip


def test_a_target_that_is_missed_is_told_from_one_that_is_reached_and_from_none():
    cost = Figure.cost("step", ours=2.0, bare=0.5)
    assert Line(cost, at_most(4.0)).verdict == "reached"
    assert Line(cost, at_most(3.9)).verdict == "not reached"
    assert Line(Figure.gain("step", ours=2.0, theirs=30.0), at_least(15)).verdict == "reached"
    assert Line(Figure("bytes", 7.0, "kB"), at_most(6, of="value")).verdict == "not reached"
    assert Line(cost, None).verdict == ""


def test_what_is_not_measured_says_so_everywhere():
    line = Line(Figure("peer", None, "", note="no network"), at_least(6))
    assert line.verdict == "not measured"
    assert json.loads(report.json_lines([line])) == {"figure": "peer", "value": None, "unit": "", "baseline": None, "ratio": None}
    assert "no network" in report.table([line])


def test_every_line_has_the_five_fields_and_no_more():
    (line,) = report.json_lines([Line(Figure.cost("step", 2.0, 0.5, note="…"), at_most(4.0))]).splitlines()
    assert json.loads(line) == {"figure": "step", "value": 2.0, "unit": "ms", "baseline": 0.5, "ratio": 4.0}


def test_the_table_of_the_page_is_replaced_and_the_rest_stays(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n", encoding="utf-8")
    report.into(page, [Line(Figure("step", 2.0, "ms"), None)])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("<!-- /figures -->\nafter\n")
    assert "| step | 2 |" in text
    assert "old" not in text


def test_an_unknown_figure_is_refused_with_the_list_of_those_there_are():
    answer = CliRunner().invoke(main, ["--only", "nothing"])
    assert answer.exit_code == 2
    assert all(name in answer.output for name in REQUIRED)
