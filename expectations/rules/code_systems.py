"""code_system: digits of one code system are not read as those of another. 6107 is Sintang to BPS and Bengkayang to Kemendagri.

195 of 514 kabupaten and kota differ, and no code tells by itself which system it is of. Held for a person is a column whose codes stand
beside the names of other regions; one of whose codes some exist in the other system only; and one of which the contract does not say the
system, where nothing beside the codes proves it. The first rows tell: a system is wrong for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from contracts.models.checks import DEFAULT_SEVERITY
from expectations.rules.judged import Judged
from expectations.rules.rule import Expected, Rule
from warehouse.code_columns import CodeColumn, place
from warehouse.names import literal

SYSTEMS = {"kemendagri": "Kemendagri", "bps": "BPS"}
MOST_ROWS = 10_000
"""So many rows with a code are looked at."""
NAMES_PER_CODE, FEW_PAIRS = 3, 300
"""A column of names has few spellings of each code, and few codes of one name; one of notes or of a few words is not asked for names."""


def code_system_rules(judged: Judged) -> list[Rule]:
    """One rule per column that may hold codes of regions."""
    return [_rule(column, judged) for column in judged.codes if _may_hold_codes(column, judged)]


def _may_hold_codes(column: CodeColumn, judged: Judged) -> bool:
    spec = judged.contract.columns.get(column.column_name)
    return spec is not None and column.type == "wilayah" and column.system in SYSTEMS and spec.value is None


def _rule(column: CodeColumn, judged: Judged) -> Rule:
    own, other = SYSTEMS[column.system], next(name for key, name in SYSTEMS.items() if key != column.system)
    expected = (
        f"kode {own}. Bila itu kode {other}, tulis `system: {other.lower()}` di kontrak; bila memang {own}, tulis `system: {own.lower()}`"
    )
    return Rule(
        rule="code_system", rule_id=f"code_system.{column.column_name}", severity=DEFAULT_SEVERITY["code_system"], column=column.column_name,
        scope="batch", expected=expected, subject=f"Kolom {column.column_name} berisi",
        expectation=Expected("ExpectColumnCodesToFitTheirSystem", {"column": column.column_name, "query": _query(column, judged), "places": (0, 1, 2)}),
    )  # fmt: skip


def _names(column: CodeColumn, judged: Judged) -> Iterator[str]:
    """Columns beside the codes that may say their names."""
    for name, spec in judged.contract.columns.items():
        if name != column.column_name and spec.type in ("text", "wilayah") and spec.pribadi is None and spec.value is None:
            yield name


def _query(column: CodeColumn, judged: Judged) -> str:
    """SQL: rows with a code, those that do not fit the system, and examples of these."""
    code = place(column.column_name, None)
    names = list(_names(column, judged))
    beside = ", ".join(f"({literal(name)}, {place(name, None)})" for name in names) or "(null, null)"
    is_said = "system" in judged.contract.columns[column.column_name].model_fields_set
    level = f"and i.level = {literal(column.level)}" if column.level else ""
    as_kemendagri = f"i.code = ops.kemendagri_code(c.published) {level}"
    as_bps = f"i.code_bps = ops.bps_code(replace(regexp_replace(c.published, '\\.0$', ''), '.', '')) {level}"
    own, other = (as_kemendagri, as_bps) if column.system == "kemendagri" else (as_bps, as_kemendagri)
    return f"""
        with looked as materialized (
          select lower({code}) as published, b.column_name, b.name
          from (select * from {judged.table} r where {code} ~ '^[0-9][0-9.]+$' limit {MOST_ROWS}) r
          cross join lateral (values {beside}) as b (column_name, name)),
        codes as materialized (
          select c.published, c.published !~ '\\.' or c.published ~ '^[0-9]+\\.0$' as undotted,
                 o.code, o.level, o.name, t.code as code_t, t.level as level_t, t.name as name_t
          from (select distinct published from looked) c
          left join lateral (select i.code, i.level, i.name from ops.reference_item i where i.reference = 'wilayah' and {own} limit 1) o on true
          left join lateral (select i.code, i.level, i.name from ops.reference_item i where i.reference = 'wilayah' and {other} limit 1) t on true),
        texts as materialized (
          select published as text, column_name, name as named, count(*) as rows from looked group by 1, 2, 3),
        may_name as (
          select column_name from texts group by 1
          having count(*) <= {FEW_PAIRS} or (select count(*) from codes) between count(*) / {NAMES_PER_CODE} and {NAMES_PER_CODE} * count(distinct named)),
        pairs as materialized (
          select p.*, c.*, p.agrees or p.agrees_t or exists (
                   select from ops.reference_form f where f.reference = 'wilayah' and f.level = coalesce(c.level, c.level_t)
                   and f.form = any(ops.region_name(p.named, coalesce(c.level, c.level_t)))) as is_name
          from (select l.*, {_agrees("")} as agrees, {_agrees("_t")} as agrees_t
                from texts l join may_name using (column_name) join codes k on k.published = l.text) p
          join codes c on c.published = p.text),
        columns as (
          select column_name, sum(rows) as rows, coalesce(sum(rows) filter (where is_name), 0) as named,
                 coalesce(sum(rows) filter (where agrees), 0) as agree
          from pairs group by 1),
        proof as (
          select coalesce(bool_or(2 * named > rows and 2 * agree >= named), false) as fits, (array_agg(column_name order by named - agree desc) filter (
                   where 2 * named > rows and 2 * agree < named))[1] as against
          from columns),
        sums as (
          select published as text, count(*) / {max(1, len(names))} as rows from looked group by 1),
        verdict as (
          select s.rows, c.published, c.code, c.name, c.code_t, c.name_t,
                 not r.fits and (
                   exists (select from pairs p where p.text = c.published and p.column_name = r.against and p.is_name and not p.agrees)
                   or (r.against is null and c.undotted and c.code is null and c.code_t is not null
                       and not exists (select from codes k where k.undotted and k.code_t is null))
                   or ({str(not is_said).lower()} and c.undotted and c.code <> c.code_t)) as wrong
          from sums s join codes c on c.published = s.text cross join proof r)
        select coalesce(sum(rows), 0)::bigint, coalesce(sum(rows) filter (where wrong), 0)::bigint,
               (select string_agg(told, '; ') from (
                  select format('%s (%s menurut {SYSTEMS[column.system]}, %s menurut yang lain)', published,
                                coalesce(name, 'tidak dikenal'), coalesce(name_t, 'tidak dikenal')) as told
                  from verdict where wrong order by published limit 3) e)
        from verdict"""


def _agrees(which: str) -> str:
    """SQL over a code `k` and a name `l`: the name is that of the code in one of the two systems."""
    return f"""exists (select from ops.reference_form f where f.reference = 'wilayah' and f.code = k.code{which} and f.level = k.level{which}
                               and f.form = any(ops.region_name(l.named, k.level{which})))"""
