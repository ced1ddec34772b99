"""Guards that compare what a batch names with what its publisher always named: groups that are gone, and columns that mean nothing any more.

A file that lost a kecamatan is about as long as the one before, and a figure under the header of a region is a text like any other: neither the
number of rows nor a single cell tells. What never changed in a publisher's last periods does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from psycopg import Connection

from contracts.models.checks import DEFAULT_SEVERITY
from expectations.rules.judged import Judged
from expectations.rules.sql import literal, quote
from expectations.verdict import CheckResult
from warehouse.code_columns import columns_of, place
from warehouse.trusted import Trusted, ensure_index, periods_near, trusted

STEADY = ((2, 20), (3, 5), (5, 2))
"""So many periods in a row with the same groups make a rule of it, if they are so many groups at least."""
MOST_NAMED = 5
MOSTLY, FEW = 0.5, 3


def missing_groups(conn: Connection, judged: Judged) -> Iterator[CheckResult]:
    """A finding per key column of which a value is missing that all of the last periods had; held, as `volume` is."""
    period, of = judged.contract.period, trusted(conn, judged.dataset.id, judged.history.penerbit)
    if period is None or period.column is None or of is None or len(judged.history.last_counts) == 0:
        return
    first = conn.execute(f"select min(_periode_mulai) from {judged.table}").fetchone()
    if first is None or first[0] is None:
        return
    ensure_index(conn, of)
    days = periods_near(conn, of, first[0] - timedelta(days=1), STEADY[-1][0])
    for name in judged.contract.key:
        column = judged.contract.columns[name]
        if name != period.column and column.type in ("text", "code", "wilayah") and not column.pribadi:
            yield from _missing(conn, judged, of, name, [str(day) for day in days])


def _missing(conn: Connection, judged: Judged, of: Trusted, name: str, days: Sequence[str]) -> Iterator[CheckResult]:
    universe = _always_there(conn, of, place(name, columns_of(conn, of.raw_table)), days)
    if not universe:
        return
    here = {row[0] for row in conn.execute(f"select distinct {quote(name)} from {judged.table} where {quote(name)} is not null")}
    gone = sorted(universe - here)
    named = ", ".join(gone[:MOST_NAMED]) + (f" dan {len(gone) - MOST_NAMED} lainnya" if len(gone) > MOST_NAMED else "")
    yield judged.result(
        rule_id=f"volume.{name}", rule="volume", scope="batch", column_name=name, severity=DEFAULT_SEVERITY["volume"],
        outcome="fail" if gone else "pass", checked=len(universe), failed=len(gone), observed=named or f"{len(universe)} lengkap",
        expected=f"{len(universe)} nilai seperti di periode-periode sebelumnya", source="guard",
        message=f"{len(gone)} dari {len(universe)} {name} tidak ada: {named}; selama ini setiap periode memuat semuanya. Bila memang tidak ada lagi, "
        f"setujui dengan `--terima volume.{name}`." if gone else None,
    )  # fmt: skip


def _always_there(conn: Connection, of: Trusted, value: str, days: Sequence[str]) -> set[str]:
    """The groups of a column, if all of the last periods had the same ones; empty where they did not, or are too few to tell."""
    for periods, fewest in STEADY:
        if len(days) < periods:
            return set()
        within = f"r._periode_mulai in ({', '.join(map(literal, days[:periods]))})"
        rows = conn.execute(
            f"""select n, array_agg(nilai) from (
                  select nilai, count(distinct _periode_mulai) as n from (select {value}::text as nilai, r._periode_mulai from ({of.rows(within)}) r) x
                  where nilai is not null group by nilai) g group by n"""
        ).fetchall()
        if len(rows) != 1 or rows[0][0] != periods:
            return set()
        groups = set(rows[0][1])
        if len(groups) >= fewest:
            return groups
    return set()


def lost_codes(conn: Connection, judged: Judged, results: Sequence[CheckResult]) -> Iterator[CheckResult]:
    """A finding per code column that mostly means nothing, though it did in the publisher's last accepted batch: its figures may be another column's."""
    suspects = [one for one in results if one.rule == "code" and one.failed >= FEW and one.failed > MOSTLY * one.checked]
    if not suspects or not (known := _known_before(conn, judged)):
        return
    for one in suspects:
        if one.rule_id in known:
            yield judged.result(
                rule_id=f"{one.rule_id}.sebagian_besar", rule="code", scope="batch", column_name=one.column_name, severity="hold", outcome="fail",
                checked=one.checked, failed=one.failed, observed=one.observed, expected="sebagian besar dikenal seperti kiriman sebelumnya", source="guard",
                message=f"{one.failed} dari {one.checked} isi kolom {one.column_name} tidak dikenal, padahal di kiriman sebelumnya dikenal. "
                "Periksa apakah kolomnya tertukar atau kode yang dipakai berganti.",
            )  # fmt: skip


def _known_before(conn: Connection, judged: Judged) -> set[str]:
    """The `code` rules of the last accepted batch that found most texts known."""
    rows = conn.execute(
        """select rule_id from ops.check_result where rule = 'code' and severity = 'warn' and 2 * failed <= checked and batch_id =
             (select max(batch_id) from ops.batch where dataset = %s and penerbit = %s and state = 'accepted' and replay_of is null)""",
        [judged.dataset.id, judged.history.penerbit],
    )
    return {row[0] for row in rows}
