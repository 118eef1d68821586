"""What the law allows as a fine for an act (罚则): the rows of `bpmn/tariffs.yaml` and the range that each gives.

Decision support: a gate refuses what lies above the ceiling and asks for grounds below the floor (行政处罚法 art. 32); which act was
committed, people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from workflows.contracts import Text
from workflows.rulebook import read_yaml, shipped

NO_NOTE = Text("")
BASES = ("illegal_income", "loss", "ad_fee", "medicine_value")
NO_LIMIT = float("inf")


class TariffError(ValueError):
    """A row of `tariffs.yaml` that cannot be read."""


@dataclass(frozen=True)
class Range:
    """The least and the most that a fine may be, in yuan."""

    least: float
    most: float


@dataclass(frozen=True)
class Tariff:
    """A row. Amounts are in yuan, `multiple` in times of the counted amount (`counted_on`: one of BASES)."""

    id: str
    name: Text
    law: str
    article: str
    counted_on: str = ""
    multiple: tuple[float, float] | None = None
    least_counted: float = 0
    fixed: tuple[float, float] | None = None
    fixed_below: float = 0
    revocation: bool = False
    to_be_confirmed: bool = False
    note: Text = NO_NOTE

    @property
    def basis(self) -> str:
        """Law and article as a refusal quotes them."""
        return f"《{self.law}》{self.article}{'（待确认）' if self.to_be_confirmed else ''}"

    @property
    def bounded(self) -> bool:
        """Whether the row gives any amount at all."""
        return self.multiple is not None or self.fixed is not None

    def range(self, counted: float) -> Range:
        """What a fine may be when the counted amount is `counted` yuan; 0 where it is nothing or cannot be told."""
        if self.multiple is not None and (self.fixed is None or counted >= self.fixed_below):
            base = max(counted, self.least_counted)
            return Range(self.multiple[0] * base, self.multiple[1] * base)
        return Range(*self.fixed) if self.fixed is not None else Range(0, NO_LIMIT)


@cache
def load_tariffs() -> Mapping[str, Tariff]:
    """The tariffs of this release by id."""
    return read_tariffs(read_yaml(shipped() / "tariffs.yaml"))


def read_tariffs(rows: Iterable[Mapping[str, Any]]) -> dict[str, Tariff]:
    """The rows by id. Raises TariffError with the row and what is wrong with it."""
    found: dict[str, Tariff] = {}
    for row in rows:
        tariff = _tariff(row)
        if tariff.id in found:
            raise TariffError(f"tariffs.yaml: {tariff.id} stands twice")
        found[tariff.id] = tariff
    return found


def _tariff(row: Mapping[str, Any]) -> Tariff:
    known = dict(row)
    name = known.get("id", "a row without id")
    known |= {key: Text(known.pop(key, "") or "", known.pop(f"{key}_en", "") or "") for key in ("name", "note")}
    known |= {key: _pair(name, key, known[key]) for key in ("multiple", "fixed") if key in known}
    try:
        tariff = Tariff(**known)
    except TypeError as error:
        raise TariffError(f"tariffs.yaml: {name}: {error}") from error
    if (tariff.multiple is not None) != (tariff.counted_on in BASES):
        raise TariffError(f"tariffs.yaml: {name}: a multiple and what it is counted on ({', '.join(BASES)}) belong together")
    return tariff


def _pair(name: str, key: str, value: Any) -> tuple[float, float]:
    match value:
        case [int() | float() as least, int() | float() as most] if 0 <= least <= most:
            return least, most
    raise TariffError(f"tariffs.yaml: {name}: {key} is two amounts, the smaller first")
