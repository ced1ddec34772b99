"""A guard on what a contract makes of figures that stand: what was accepted as kilograms is not read as tons because the agency writes tons from now on.

Conform reads all rows of a dataset by the contract of its newest batch, so that a mended contract mends what was published. Whether it was mended
or the source has changed no file tells: a person says it, once. Old files are judged by the new contract as well, so it does not help that a batch
says the same figures again; only a column that is gone loses nothing where its rows are replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from contracts.errors import BrokenContract, WrongUsage
from contracts.references import reference_rows
from contracts.text import normalise
from expectations.rules.judged import Judged
from expectations.rules.sql import literal
from expectations.verdict import CheckResult
from warehouse.code_columns import columns_of, place
from warehouse.trusted import trusted

BEFORE = """
    select v.grain, v.columns from ops.batch b join ops.contract_version v on (v.dataset_id, v.contract_sha256) = (%s, b.contract_sha256)
    where b.dataset = %s and b.state = 'accepted' and b.accept_no is not null order by b.accept_no desc limit 1"""
READ_ALIKE, LOST = "akan ikut dibaca demikian", "dan tidak ada di kiriman ini akan kehilangan isi kolom itu di tabel terbit"
MENDED = "Bila kontrak lama yang salah, setujui dengan `--terima {rule}`"


@dataclass(frozen=True)
class Change:
    """What a contract now says otherwise of a column, or of all figures (`column` None)."""

    name: str
    column: str | None
    told: str
    """The beginning of the sentence; the number of rows follows."""
    fate: str
    """What becomes of the rows that stand."""
    otherwise: str
    """What to do where the source has changed and the rows that stand are right."""


def kept_meaning(conn: Connection, judged: Judged) -> Iterator[CheckResult]:
    """A finding per column whose unit, indicator or class is another than that by which the rows that stand were accepted, or which is gone."""
    of = trusted(conn, judged.dataset.id)
    before = conn.execute(BEFORE, [of.dataset_id, judged.dataset.id]).fetchone() if of else None
    if of is None or before is None:
        return
    own = columns_of(conn, of.raw_table)
    for change in _changes(judged, *before):
        left = of.rows(f"{place(change.column, own)} is not null" if change.column else "true")
        row = conn.execute(
            f"select count(*) from ({left}) r where not ({_replaced(judged) if change.fate == LOST else 'false'})"
        ).fetchone()
        if row and row[0]:
            yield _finding(judged, change, int(row[0]))


def _changes(judged: Judged, grain: str | None, columns: list[dict[str, Any]]) -> Iterator[Change]:
    period, now = judged.contract.period, judged.contract.columns
    if period and grain and period.grain != grain:
        told = f"Kontrak kini membaca angka per {period.grain}, sebelumnya per {grain}"
        yield Change("grain", None, told, READ_ALIKE, "bila OPD berganti masa laporan, muat kiriman barunya sebagai dataset lain")
    for old in columns:
        name = old["column_name"]
        if name not in now:
            told = f"Kontrak tidak lagi memuat kolom {name}"
            yield Change(
                name, name, told, LOST, "bila kolomnya berganti nama di berkas, tambahkan judul barunya di `from` dan biarkan namanya"
            )
        elif words := _otherwise(old, now[name].unit, now[name].indikator, now[name].klasifikasi):
            advice = "bila sumbernya yang berganti, muat kiriman barunya sebagai dataset lain (satuan per baris: `unit_from`)"
            yield Change(name, name, f"Kontrak kini membaca kolom {name} {words}", READ_ALIKE, advice)


def _otherwise(old: Mapping[str, Any], unit: str | None, indicator: str | None, classes: Mapping[str, str] | None) -> str | None:
    """In words: from what to what; None where the figures mean what they meant."""
    if unit and old["unit"] and _measure(unit) != _measure(old["unit"]):
        return f"dalam {unit}, sebelumnya {old['unit']}"
    if indicator and old["indikator"] and indicator != old["indikator"]:
        return f"sebagai indikator {indicator}, sebelumnya {old['indikator']}"
    if (indicator or unit) and dict(classes or {}) != (old["klasifikasi"] or {}):
        return f"dengan rincian {_spoken(classes)}, sebelumnya {_spoken(old['klasifikasi'])}"
    return None


def _spoken(classes: Mapping[str, str] | None) -> str:
    return ", ".join(f"{key} {value}" for key, value in (classes or {}).items()) or "tidak ada"


def _measure(unit: str) -> tuple[str, str]:
    """What a unit measures and how much of it, or its own words where the list has none: two spellings of one unit are no change."""
    try:
        rows = reference_rows("satuan")
    except (BrokenContract, WrongUsage):
        rows = ()
    for row in rows:
        if normalise(unit) in map(normalise, (row["kode"], row.get("nama") or "", *(row.get("sinonim") or "").split("|"))):
            return row.get("dimensi") or row["kode"], row.get("faktor") or "1"
    return normalise(unit), ""


def _replaced(judged: Judged) -> str:
    """SQL on a standing row `r`: the batch says it anew, or ends it."""
    contract, mine = judged.contract, f"r._penerbit = {literal(judged.history.penerbit)}"
    if contract.write == "append":
        return "false"
    if contract.write == "snapshot":
        return mine
    return f"{mine} and r._periode_mulai in (select distinct _periode_mulai from {judged.table})"


def _finding(judged: Judged, change: Change, standing: int) -> CheckResult:
    rule_id = f"meaning.{change.name}"
    message = f"{change.told}; {standing} baris yang sudah diterima {change.fate}. {MENDED.format(rule=rule_id)}; {change.otherwise}."
    return judged.result(
        rule_id=rule_id, rule="meaning", scope="batch", column_name=change.column, severity="hold", outcome="fail", checked=standing, failed=standing,
        observed=change.told, expected="angka yang sudah diterima tetap berarti sama", source="guard", message=message,
    )  # fmt: skip
