"""How a figure that others are measured by is told to a reader."""

from __future__ import annotations

from expectations.rules.sql import literal

PERIODS = {
    "tahun": "to_char({day}, 'YYYY')",
    "semester": """to_char({day}, 'YYYY"-S"') || ceil(extract(month from {day}) / 6)::integer::text""",
    "triwulan": """to_char({day}, 'YYYY"-T"Q')""",
    "bulan": "to_char({day}, 'YYYY-MM')",
    "minggu_bulan": """to_char({day}, 'YYYY-MM"-M"') || ceil(extract(day from {day}) / 7)::integer::text""",
    "minggu": """to_char({day}, 'IYYY"-W"IW')""",
}
"""Grain -> SQL of the period that begins on a day, as `contracts.periods` names it."""


def spoken(named: str, figure: str) -> str:
    """SQL: ``, biasanya 29324``."""
    return f"""{literal(f", {named} ")} || replace(trim_scale(round({figure}::numeric, 4))::text, '.', ',')"""


def period(grain: str, day: str) -> str:
    """SQL: the name of the period of this grain that begins on a day; of days, the day."""
    return "(" + PERIODS.get(grain, "to_char({day}, 'YYYY-MM-DD')").format(day=day) + ")"
