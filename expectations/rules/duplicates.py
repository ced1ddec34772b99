"""Rules on rows that claim the same place: same_rows (the row stands there twice) and unique (different rows on one key).

Almost every batch has neither, so both rest on one cheap probe: a 64-bit hash of the key, counted distinct. Equal hashes are only a
suspicion; the exact question is asked where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.models.checks import Check
from expectations.rules.judged import Judged, severity_of
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import literal, quote, shown
from expectations.rules.where import where_sql


def unique_rule(check: Check, judged: Judged) -> Rule:
    """All rows whose `columns` another row has too."""
    return _unique(judged, check, list(check.columns or ()), "count(*) > 1")


def same_key_rule(judged: Judged) -> Rule:
    """All rows of a key on which the batch says different things."""
    key = list(judged.contract.key)
    digest = f"hash_record_extended(row({whole_row(judged)}), 0)"
    return _unique(judged, Check(rule="unique", columns=tuple(key)), key, f"min({digest}) <> max({digest})")


def same_rows_rule(judged: Judged) -> Rule:
    """Rows that say the same in every column of the contract, where the contract does not let them collapse."""
    fails = f"_no in ({twins(judged, 'unnest(array_agg(_no))')})"
    probe = _probe(judged, judged.contract.key, None)
    return Rule(
        rule="same_rows", rule_id="same_rows", severity="fail", column=None, scope="batch", fails=fails, subject="Baris dengan kunci",
        observed=_spoken(judged, judged.contract.key), expected="berbeda dari setiap baris lain",
        expectation=Expected("ExpectRowsToDiffer", {"probe": probe, "query": _query(judged, fails, None)}),
    )  # fmt: skip


def twins(judged: Judged, what: str) -> str:
    """SQL: `what` of every group of rows that are equal in all they say."""
    whole = whole_row(judged)
    digest = f"hash_record_extended(row({whole}), 0)"
    suspects = f"select h from (select {digest} as h from {judged.table}) x group by h having count(*) > 1"
    return f"select {what} from {judged.table} where {digest} in ({suspects}) group by {whole} having count(*) > 1"


def whole_row(judged: Judged) -> str:
    """SQL: all that a staged row says, as a list of columns; what could not be read counts as it was published."""
    return ", ".join(["_cacat", "_status_angka", *map(quote, judged.contract.columns)])


def _unique(judged: Judged, check: Check, columns: Sequence[str], doubled: str) -> Rule:
    rows = where_sql(check.where, judged.contract) if check.where else None
    listed = ", ".join(map(quote, columns))
    fails = f"({listed}) in (select {listed} from {judged.table} where {_in_scope(columns, rows)} group by {listed} having {doubled})"
    fails = f"({rows}) and {fails}" if rows else fails
    query = {"probe": _probe(judged, columns, rows), "query": _query(judged, fails, _in_scope(columns, rows))}
    return Rule(
        rule="unique", rule_id=check.rule_id, severity=severity_of(check), column=None, scope="batch", fails=fails, subject="Kunci",
        observed=_spoken(judged, columns), expected="hanya dipakai satu baris", message=check.message,
        expectation=Expected("ExpectKeyToBeUnique", {"columns": list(columns), **query}),
    )  # fmt: skip


def _in_scope(columns: Sequence[str], rows: str | None) -> str:
    present = " and ".join(f"{quote(name)} is not null" for name in columns)
    return f"{present} and ({rows})" if rows else present


def _probe(judged: Judged, columns: Sequence[str], rows: str | None) -> str:
    """SQL: rows asked about, and how many of them are under suspicion.

    Rows that each equal an open row of their own have different keys; then only a key that stands among the news can be there twice.
    """
    digest = f"hash_record_extended(row({', '.join(map(quote, columns))}), 0)"
    if judged.news and not rows and set(columns) == set(judged.contract.key):
        hashes = f"select {digest} as _h from {{}} where {_in_scope(columns, None)}"
        return f"""select count(*), count(baru._h) - count(distinct baru._h) from ({hashes.format(judged.table)}) semua
                   left join ({hashes.format(judged.news)} group by 1) baru on baru._h = semua._h"""
    return (
        f"select count(h), count(h) - count(distinct h) from (select {digest} as h from {judged.table} where {_in_scope(columns, rows)}) x"
    )


def _query(judged: Judged, fails: str, scope: str | None) -> str:
    """SQL: rows asked about, and how many of them fail."""
    return f"select count(*), count(*) filter (where {fails}) from {judged.table}" + (f" where {scope}" if scope else "")


def _spoken(judged: Judged, columns: Sequence[str]) -> str:
    """SQL: the key of a row as a reader sees it."""
    return " || ', ' || ".join(f"{literal(f'{name} ')} || coalesce({shown(name, judged.column(name))}, 'kosong')" for name in columns)
