"""code: the text of a region or reference column means exactly one code. A row that waits for a code is accepted and not yet published.

Texts are resolved once each, by the same SQL function as at conform; rows are only counted (contract page, *Codes*).
"""

from __future__ import annotations

from expectations.rules.judged import Judged
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import MASKED, literal, quote, shown
from warehouse.code_columns import PAIR, CodeColumn, named_pair, place

UNDOTTED, NEARLY_ALL, ENOUGH_ROWS, LOOKED_AT = "^[0-9]{4,}$", 0.9, 10, 10_000
"""A code without dots; the share of the others, among how many at least, that have dots; rows that tell it."""


def code_rules(judged: Judged) -> list[Rule]:
    """Two rules per code column: it resolves (`code`), and it stands in a list we have (`code_unchecked`); a third for codes of the Kemendagri."""
    rules = [rule for column in judged.codes for rule in (_known(column, judged), _checked(column, judged))]
    return rules + [_written_alike(column.column_name, judged) for column in judged.codes if column.system == "kemendagri"]


def _written_alike(name: str, judged: Judged) -> Rule:
    """Among codes with dots one without is of the other system: 3201022001 is a desa in both, and not the same one.

    The first rows tell how a column is written. No pattern is tried where a digit and a dot say as much: it would cost more than all other rules of the row.
    """
    column = quote(name)
    dotted = f"count(*) filter (where ascii({column}) between {ord('0')} and {ord('9')} and {column} like '%.%') >= {NEARLY_ALL} * count({column})"
    usual = f"(select count({column}) >= {ENOUGH_ROWS} and {dotted} from (select {column} from {judged.table} limit {LOOKED_AT}) x)"
    fails = f"({column} not like '%.%' and {column} ~ {literal(UNDOTTED)} and {usual})"
    return Rule(
        rule="code", rule_id=f"code.{name}.tulisan", severity="quarantine", column=name, scope="batch", fails=fails, subject=f"Kolom {name} berisi",
        observed=shown(name, judged.column(name)), expected="kode bertitik seperti baris lain; tanpa titik itu kode BPS",
        expectation=Expected("ExpectColumnCodesToBeWrittenAlike", {"column": name, "fails": fails}),
    )  # fmt: skip


def _known(column: CodeColumn, judged: Judged) -> Rule:
    return _rule(
        "code", "ExpectColumnCodesToBeKnown", column, judged, (0, 1, 2), f"kode atau nama yang dikenal di daftar {column.reference}"
    )


def _checked(column: CodeColumn, judged: Judged) -> Rule:
    expected = f"kode yang termuat di daftar {column.reference}"
    return _rule("code_unchecked", "ExpectColumnCodesToBeListed", column, judged, (0, 3, 4), expected)


def _rule(rule: str, name: str, column: CodeColumn, judged: Judged, places: tuple[int, int, int], expected: str) -> Rule:
    kwargs = {"column": column.column_name, "query": _query(column, judged), "places": places}
    return Rule(
        rule=rule, rule_id=f"{rule}.{column.column_name}", severity="warn", column=column.column_name, expected=expected,
        subject=f"Kolom {column.column_name} berisi", expectation=Expected(name, kwargs),
    )  # fmt: skip


def _query(column: CodeColumn, judged: Judged) -> str:
    """SQL, three statements in one transaction: rows with a text; those that wait, and examples; those not in any list, and examples."""
    named = named_pair(column, None)
    texts = f"select {named}, count(*) as _rows from {judged.table} r where {place(column.column_name, None)} is not null"
    is_personal = bool(judged.column(column.column_name).pribadi)
    groups = ", ".join(str(number) for number in range(1, len(PAIR) + 1))
    return f"""
        create temp table code_pair on commit drop as {texts} group by {groups};
        analyze code_pair;
        select coalesce(sum(_rows), 0),
               coalesce(sum(_rows) filter (where {column.unresolved}), 0), {_examples(column.unresolved, is_personal)},
               coalesce(sum(_rows) filter (where x.unchecked), 0), {_examples("x.unchecked", is_personal)}
        from code_pair p join ops.resolve_codes('code_pair') x using ({", ".join(PAIR)})"""


def _examples(which: str, is_personal: bool) -> str:
    """SQL: some of the texts; personal ones are only told to be there."""
    return f"left(string_agg(distinct {MASKED if is_personal else 'ops.masked(published)'}, '; ') filter (where {which}), 200)"
