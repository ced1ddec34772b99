"""same_as_dataset once more, over what stands in both datasets: the other one may have come later, or have changed, since the batch was judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from psycopg import Connection

from contracts.dataset import Dataset
from contracts.models.checks import Check
from expectations.lintas.across import Across, Seen, across, before_unseen
from expectations.measuring.another_dataset import differing
from expectations.measuring.sides import Nothing, sides
from expectations.rules.judged import Judged
from expectations.rules.measured import WORDS
from expectations.rules.sql import MASKED, literal, quote, shown
from expectations.verdict import History
from warehouse.code_columns import code_columns, columns_of
from warehouse.names import contract_columns
from warehouse.trusted import Trusted, trusted

ROWS = "pg_temp.lintas_row"


def same_figures(conn: Connection, dataset: Dataset, run_date: date, seen: Seen) -> Iterator[Across]:
    """One judgement per publisher and check of the dataset that holds or warns; one that sets rows aside has done so. Transactions of its own."""
    checks = [check for check in dataset.contract.checks if check.rule == "same_as_dataset" and check.severity in (None, "hold", "warn")]
    of = trusted(conn, dataset.id) if checks else None
    if of is None:
        return
    with conn.transaction():
        conn.execute(f"create temp table lintas_row on commit drop as {_as_staged(conn, dataset, of)}")
        conn.execute("analyze lintas_row")
        judged = Judged(dataset, ROWS, run_date, History(), tuple(code_columns(conn, dataset.id)))
        for check in checks:
            yield from _judged(conn, judged, check, seen)


def _judged(conn: Connection, judged: Judged, check: Check, seen: Seen) -> Iterator[Across]:
    both, name = sides(conn, judged, check), check.column or ""
    rule_id, severity = f"{check.rule_id}.lintas", check.severity or "hold"
    if isinstance(both, Nothing):
        yield Across(across(judged.dataset.id, check.rule, rule_id, "skipped", column=name, severity=severity, message=both.reason))
        return
    column = judged.column(name)
    said = f"{literal(f'Kolom {name} berisi ')} || {shown(name, column)} || {MASKED if column.pribadi else 'c.lama'}"
    rows = conn.execute(
        f"""with c as materialized ({differing(both, check.tolerance)})
            select r._penerbit, count(*), count(*) filter (where off), (array_agg(r._lokasi order by r._no) filter (where off))[1],
                   (array_agg({said} order by r._no) filter (where off))[1], array_agg(distinct r._from_batch) filter (where off)
            from c join {ROWS} r using (_no) group by r._penerbit order by r._penerbit"""
    ).fetchall()
    for penerbit, checked, off, place, sentence, numbers in rows:
        late = [number for number in numbers or () if number > seen(judged.dataset.id, penerbit)]
        message = f"{off} dari {checked} baris, pertama {place}: {sentence}; seharusnya {WORDS[check.rule].expected}." if off else None
        result = across(
            judged.dataset.id, check.rule, rule_id, "fail" if off else "pass", penerbit=penerbit, column=name, severity=severity,
            checked=checked, failed=off, expected=WORDS[check.rule].expected, message=message,
        )  # fmt: skip
        yield Across(result, before_unseen({(judged.dataset.id, penerbit): min(late)}) if late and severity == "hold" else {})


def _as_staged(conn: Connection, dataset: Dataset, of: Trusted) -> str:
    """SQL: trusted rows in the shape of a staging table, so that the sides of a batch's rule serve here too."""
    own = columns_of(conn, of.raw_table)
    values = [
        f"r.{quote(name)}::{kind} as {quote(name)}" if name in own else f"(r.tambahan ->> {literal(name)})::{kind} as {quote(name)}"
        for name, kind in contract_columns(dataset)
    ]
    return f"""select row_number() over () as _no, r._lokasi, r._penerbit, r._from_batch, null::jsonb as _cacat, r._status_angka,
                      r._periode_mulai, r._periode_akhir, {", ".join(values)} from ({of.rows()}) r"""
