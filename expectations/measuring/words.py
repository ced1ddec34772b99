"""How a figure that others are measured by is told to a reader."""

from __future__ import annotations

from expectations.rules.sql import literal

PERIODS = {"tahun": "YYYY", "bulan": "YYYY-MM"}


def spoken(named: str, figure: str) -> str:
    """SQL: ``, biasanya 29324``."""
    return f"""{literal(f", {named} ")} || replace(trim_scale(round({figure}::numeric, 4))::text, '.', ',')"""


def period(grain: str, day: str) -> str:
    """SQL: the period of this grain that begins on a day; without a name of its own, the day."""
    return f"to_char({day}, {literal(PERIODS.get(grain, 'YYYY-MM-DD'))})"
