"""`python -m tests.benchmarks [--only FIGURE …] [--quick | --long] [--docs]`: measure, print the table, write the lines."""

from __future__ import annotations

import pkgutil
import sys
import time
import traceback
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import structlog

import tests.benchmarks as folder
from tests.benchmarks import report
from tests.benchmarks.bench import KEPT, Bench
from tests.benchmarks.figures import REGISTERED, Figure, Measurement, NotMeasured
from tests.benchmarks.report import Line

PAGE = Path(__file__).parents[2] / "docs/performance.md"


@click.command()
@click.option("--only", multiple=True, metavar="FIGURE", help="Only what measures these figures; may be given several times.")
@click.option("--quick", is_flag=True, help="A tenth of the rounds: that everything works, not how fast.")
@click.option("--long", is_flag=True, help="Nothing is cut short to save time: 20,000 cases for the memory.")
@click.option("--docs", is_flag=True, help="Put the table into docs/performance.md.")
def main(*, only: tuple[str, ...], quick: bool, long: bool, docs: bool) -> None:
    """Measure what a step costs. Exit status 0 also when a target is missed; 1 when a measurement broke."""
    # A server answers on one line a request; the figures are what is to be read.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    began, broken, lines = time.monotonic(), False, []
    chosen = _chosen(only)
    bench = Bench(quick=quick, long=long)
    try:
        for number, measurement in enumerate(chosen, start=1):
            bench.label = f"[{number}/{len(chosen)}] {next(iter(measurement.targets))}"
            begun = time.monotonic()
            found, whole = _measured(measurement, bench)
            click.echo(f"{bench.label}: {time.monotonic() - begun:.0f} s", err=True)
            broken |= not whole
            lines += [Line(found[name], target) for name, target in measurement.targets.items()]
    finally:
        bench.close()
    KEPT.mkdir(exist_ok=True)
    (KEPT / "bench.jsonl").write_text(report.json_lines(lines), encoding="utf-8")
    click.echo(f"\n{report.table(lines)} {time.monotonic() - began:.0f} s in all{', a quick run' if quick else ''}.")
    if docs:
        report.into(PAGE, lines)
    sys.exit(broken)


def _chosen(only: tuple[str, ...]) -> list[Measurement]:
    every = list(_measurements())
    unknown = set(only) - {name for one in every for name in one.targets}
    if unknown:
        raise click.UsageError(
            f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(n for one in every for n in one.targets)}"
        )
    return [one for one in every if not only or set(only) & set(one.targets)]


def _measurements() -> Iterator[Measurement]:
    for module in pkgutil.iter_modules(folder.__path__):
        if not module.ispkg and not module.name.startswith(("_", "test_")):
            import_module(f"{folder.__name__}.{module.name}")
    yield from REGISTERED


def _measured(measurement: Measurement, bench: Bench) -> tuple[dict[str, Figure], bool]:
    """The figures by name, and whether the measurement came to its end: the others are taken even when this one breaks."""
    try:
        return {figure.figure: figure for figure in measurement.function(bench)}, True
    except NotMeasured as missing:
        return _missing(measurement, str(missing)), True
    except Exception as error:  # noqa: BLE001 - whatever broke, it is said
        traceback.print_exc()
        return _missing(measurement, f"broke: {error!r}"), False


def _missing(measurement: Measurement, why: str) -> dict[str, Figure]:
    return {name: Figure(name, None, "", note=why) for name in measurement.targets}


if __name__ == "__main__":
    main()
