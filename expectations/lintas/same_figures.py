"""same_as_dataset once more, over what stands in both datasets: the other one may have come later, or have changed, since the batch was judged.

A difference that a person accepted with a batch is none as long as both figures stand (`ops.accepted_difference`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from psycopg import Connection

from contracts.dataset import Dataset
from contracts.models.checks import Check
from expectations.lintas.across import TWIN, Across, Seen, across, before_unseen
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
    checks = _checks(dataset)
    with _standing(conn, dataset, run_date, checks) as judged:
        if judged is None:
            return
        for check in checks:
            yield from _judged(conn, judged, check, seen)


def accept_differences(conn: Connection, dataset: Dataset, penerbit: str, rule_ids: Collection[str], batch_id: int, run_date: date) -> int:
    """Remember what differs now by these rules as accepted with a batch; how many figures. Within the transaction that accepts it."""
    checks = [check for check in _checks(dataset) if check.rule_id in rule_ids]
    with _standing(conn, dataset, run_date, checks) as judged:
        return 0 if judged is None else sum(_accept(conn, judged, check, penerbit, batch_id) for check in checks)


def _accept(conn: Connection, judged: Judged, check: Check, penerbit: str, batch_id: int) -> int:
    both = sides(conn, judged, check)
    if isinstance(both, Nothing):
        return 0
    return conn.execute(
        f"""insert into ops.accepted_difference (dataset, penerbit, rule_id, digest, batch_id)
            select distinct {literal(judged.dataset.id)}, r._penerbit, {literal(check.rule_id)}, {_digest(judged, check)}, {batch_id}
            from ({differing(both, check.tolerance)}) c join {ROWS} r using (_no) where off and r._penerbit = {literal(penerbit)}
            on conflict do nothing"""
    ).rowcount


def _checks(dataset: Dataset) -> list[Check]:
    return [check for check in dataset.contract.checks if check.rule == "same_as_dataset" and check.severity in (None, "hold", "warn")]


@contextmanager
def _standing(conn: Connection, dataset: Dataset, run_date: date, checks: Collection[Check]) -> Iterator[Judged | None]:
    """The trusted rows of a dataset as a batch of their own; None where there are none, or nothing is asked of them."""
    of = trusted(conn, dataset.id) if checks else None
    if of is None:
        yield None
        return
    with conn.transaction():
        conn.execute(f"drop table if exists {ROWS}")
        conn.execute(f"create temp table lintas_row on commit drop as {_as_staged(conn, dataset, of)}")
        conn.execute("analyze lintas_row")
        yield Judged(dataset, ROWS, run_date, History(), tuple(code_columns(conn, dataset.id)))


def _judged(conn: Connection, judged: Judged, check: Check, seen: Seen) -> Iterator[Across]:
    both, name = sides(conn, judged, check), check.column or ""
    rule_id, severity = f"{check.rule_id}{TWIN}", check.severity or "hold"
    if isinstance(both, Nothing):
        yield Across(across(judged.dataset.id, check.rule, rule_id, "skipped", column=name, severity=severity, message=both.reason))
        return
    column = judged.column(name)
    said = f"{literal(f'Kolom {name} berisi ')} || {shown(name, column)} || {MASKED if column.pribadi else 'c.lama'}"
    accepted = f"""select from ops.accepted_difference a where a.dataset = {literal(judged.dataset.id)} and a.penerbit = r._penerbit
                   and a.rule_id = {literal(check.rule_id)} and a.digest = {_digest(judged, check)}"""
    rows = conn.execute(
        f"""with c as materialized ({differing(both, check.tolerance)}),
            d as (select r._no, r._penerbit, r._lokasi, r._from_batch, off and not exists ({accepted}) as off, {said} as said
                  from c join {ROWS} r using (_no))
            select _penerbit, count(*), count(*) filter (where off), (array_agg(_lokasi order by _no) filter (where off))[1],
                   (array_agg(said order by _no) filter (where off))[1], array_agg(distinct _from_batch) filter (where off)
            from d group by _penerbit order by _penerbit"""
    ).fetchall()
    for penerbit, checked, off, place, sentence, numbers in rows:
        late = [number for number in numbers or () if number > seen(judged.dataset.id, penerbit)]
        message = f"{off} dari {checked} baris, pertama {place}: {sentence}; seharusnya {WORDS[check.rule].expected}." if off else None
        result = across(
            judged.dataset.id, check.rule, rule_id, "fail" if off else "pass", penerbit=penerbit, column=name, severity=severity,
            checked=checked, failed=off, expected=WORDS[check.rule].expected, message=message,
        )  # fmt: skip
        yield Across(result, before_unseen({(judged.dataset.id, penerbit): min(late)}) if late and severity == "hold" else {})


def _digest(judged: Judged, check: Check) -> str:
    """SQL: the fingerprint of a row's key and of the figures of both sides."""
    said = [f"r.{quote(name)}::text" for name in (*judged.contract.key, check.column or "")]
    return f"md5(array[{', '.join([*said, 'c.lama'])}]::text)"


def _as_staged(conn: Connection, dataset: Dataset, of: Trusted) -> str:
    """SQL: trusted rows in the shape of a staging table, so that the sides of a batch's rule serve here too."""
    own = columns_of(conn, of.raw_table)
    values = [
        f"r.{quote(name)}::{kind} as {quote(name)}" if name in own else f"(r.tambahan ->> {literal(name)})::{kind} as {quote(name)}"
        for name, kind in contract_columns(dataset)
    ]
    return f"""select row_number() over () as _no, r._lokasi, r._penerbit, r._from_batch, null::jsonb as _cacat, r._status_angka,
                      r._periode_mulai, r._periode_akhir, {", ".join(values)} from ({of.rows()}) r"""
