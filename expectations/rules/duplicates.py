"""Rules on rows that claim the same place: same_rows (the row stands there twice) and unique (different rows on one key).

Almost every batch has neither, so both rest on one cheap probe: a 64-bit hash of the key, counted distinct. Equal hashes are only a
suspicion; the exact question is asked where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.models.checks import Check
from expectations.rules.judged import Judged, severity_of
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import MASKED, cell_text, clipped, literal, quote, shown, uncastable
from expectations.rules.where import where_sql

MOST_TWINS, MOST_DIFFERING = 3, 5


def unique_rule(check: Check, judged: Judged) -> Rule:
    """All rows whose `columns` another row has too."""
    return _unique(judged, check, list(check.columns or ()), "count(*) > 1")


def same_key_rule(judged: Judged) -> Rule:
    """All rows of a key on which the batch says different things."""
    key = list(judged.contract.key)
    digest = f"hash_record_extended(row({whole_row(judged)}), 0)"
    return _unique(judged, Check(rule="unique", columns=tuple(key)), key, f"min({digest}) <> max({digest})")


def same_object_rule(judged: Judged) -> Rule:
    """All rows of a key that is written in several ways and on which the batch says different things (`expectations.measuring.spelt_apart`)."""
    key = list(judged.contract.key)
    fails = f"_no in (select _no from {judged.spelt_apart})"
    return Rule(
        rule="unique", rule_id=f"unique.{'_'.join(key)}.ejaan", severity="quarantine", column=None, scope="batch", fails=fails, subject="Kunci",
        observed=_spoken(judged, key), expected="hanya dipakai satu baris, bagaimanapun nama atau kodenya dieja", columns=tuple(key),
        beside=f"select _no, told from {judged.spelt_apart}",
        expectation=Expected("ExpectObjectToBeNamedOnce", {"columns": key, "query": _query(judged, fails, None)}),
    )  # fmt: skip


def same_rows_rule(judged: Judged) -> Rule:
    """Rows that say the same in every column of the contract, where the contract does not let them collapse."""
    fails = f"_no in ({twins(judged, 'unnest(array_agg(_no))')})"
    probe = _probe(judged, judged.contract.key, None)
    return Rule(
        rule="same_rows", rule_id="same_rows", severity="fail", column=None, scope="batch", fails=fails, subject="Baris dengan kunci",
        observed=_spoken(judged, judged.contract.key), expected="berbeda dari setiap baris lain",
        columns=tuple(judged.contract.key), beside=beside(judged, list(judged.contract.columns), fails),
        expectation=Expected("ExpectRowsToDiffer", {"probe": probe, "query": _query(judged, fails, None)}),
    )  # fmt: skip


def twins(judged: Judged, what: str) -> str:
    """SQL: `what` of every group of rows that are equal in all they say."""
    whole = whole_row(judged)
    digest = f"hash_record_extended(row({whole}), 0)"
    suspects = f"select h from (select {digest} as h from {judged.table}) x group by h having count(*) > 1"
    return f"select {what} from {judged.table} where {digest} in ({suspects}) group by {whole} having count(*) > 1"


def beside(judged: Judged, columns: Sequence[str], fails: str) -> str:
    """SQL: (_no, told) of each row that breaks a rule on doubles: in which rows its twins stand, and in what they differ."""
    listed = ", ".join(map(quote, columns))
    group = f"""select array_agg(_no order by _no) as nos, (array_agg(_lokasi order by _no))[:{MOST_TWINS + 1}] as places,
                array_to_string((array_remove(array[{_differing(judged, columns)}]::text[], null))[:{MOST_DIFFERING}], '; ') as differs
                from {judged.table} s where {fails} group by {listed}"""
    others = (
        f"(select string_agg(u.place, ', ' order by u.no) from unnest(places, nos[:{MOST_TWINS + 1}]) u (place, no) where u.no <> x._no)"
    )
    more = f"case when cardinality(nos) > {MOST_TWINS + 1} then ' dan ' || cardinality(nos) - {MOST_TWINS + 1} || ' baris lain' else '' end"
    told = f"'Juga di ' || {others} || {more} || coalesce('; yang berbeda: ' || nullif(differs, ''), '') || '.'"
    return f"select x._no, {told} as told from (select unnest(nos) as _no, nos, places, differs from ({group}) g) x"


def _differing(judged: Judged, columns: Sequence[str]) -> str:
    """SQL, over a group of twins: a text for every other column in which they say different things."""
    told = []
    for name in judged.contract.columns:
        if name not in columns:
            unread = MASKED if judged.column(name).pribadi else clipped(f"(_cacat ->> {literal(name)})")
            said = f"coalesce({shown(name, judged.column(name))}, case when {uncastable(name)} then {unread} end, 'kosong')"
            values = f"array_to_string((array_agg(distinct {said}))[:{MOST_DIFFERING}], ' / ')"
            told.append(f"case when count(distinct {cell_text(name)}) > 1 then {literal(f'{name} ')} || {values} end")
    return ", ".join(told)


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
        columns=tuple(columns), beside=beside(judged, columns, fails),
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
    hashes = f"select {digest} as h from {judged.table} where {_in_scope(columns, rows)} offset 0"  # kept apart: else the key itself is sorted with it
    return f"select count(h), count(h) - count(distinct h) from ({hashes}) x"


def _query(judged: Judged, fails: str, scope: str | None) -> str:
    """SQL: rows asked about, and how many of them fail."""
    return f"select count(*), count(*) filter (where {fails}) from {judged.table}" + (f" where {scope}" if scope else "")


def _spoken(judged: Judged, columns: Sequence[str]) -> str:
    """SQL: the key of a row as a reader sees it."""
    return " || ', ' || ".join(f"{literal(f'{name} ')} || coalesce({shown(name, judged.column(name))}, 'kosong')" for name in columns)
