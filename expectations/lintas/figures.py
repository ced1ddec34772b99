"""All trusted figures of the concept indikator with their codes: which indicator, of which region, broken down how - as conform reads them, but
judged before it, so that what is held behind a pin is judged as well.
"""

from __future__ import annotations

from psycopg import Connection

from warehouse.code_columns import PAIR
from warehouse.names import literal

SAME = "indikator, klasifikasi, mulai, akhir"
"""What two figures must have in common to be of one kind."""
TABLE = "raw.indikator"
ADD_UP = ("Jumlah", "Panjang", "Luas")
"""`ukuran` of the indicators whose parts make the whole; a share does not."""
WITHIN = """case when k.within = '' or k.within ~ '^[0-9]' then k.within
            else coalesce(lower(coalesce(r.tambahan ->> k.within, to_jsonb(r.*) ->> k.within)), '') end"""
UNIT = "coalesce(a.unit, case when a.unit_from <> 'satuan' then r.tambahan ->> a.unit_from end, r.satuan)"
INDICATOR = "coalesce(a.indikator, r.kode_indikator)"

HELD = "select accept_no from ops.batch where state = 'held' and accept_no is not null"
TRUSTED = f"(r._to_batch is null or r._to_batch in ({HELD})) and r._from_batch not in ({HELD})"
BESIDE = """
    select distinct name from ops.dataset_column c join ops.dataset d using (dataset_id) cross join unnest(array[c.within, c.unit_from]) name
    where d.concept = 'indikator' and name !~ '^[0-9]' and name not in ('kode_wilayah', 'kode_indikator', 'satuan') order by 1"""
"""SQL: the columns beside the concept's own that say what a code means: the parent of a region, the unit of a figure."""
PLAIN = "{0}.level = '' and {0}.within = '' and {0}.system = '' and {0}.bare_name_is = ''"
CODES = f"""
    join code_resolution i on i.reference = 'indikator' and i.published = lower(t.indikator_terbit) and {PLAIN.format("i")} and i.code is not null
    join ops.reference_item about on about.reference = 'indikator' and about.code = i.code
         and about.detail ->> 'ukuran' in ({", ".join(map(literal, ADD_UP))})
    left join code_resolution w on w.reference = 'wilayah' and w.published = t.w_published and w.level = t.w_level and w.within = t.w_within
         and w.system = t.w_system and w.bare_name_is = t.w_bare
    join lateral (select case when t.w_published is null or (w.code is null and t.unknown = 'keep_null') then t.pemda else w.code end as code) region
         on region.code is not null"""
"""SQL: from a text `t` to the codes of its indicator `i`, which adds up, and of its `region`."""
QUESTION = {
    "reference": "'wilayah'",
    "published": "lower(r.kode_wilayah)",
    "level": "k.level",
    "within": WITHIN,
    "system": "k.system",
    "bare": "k.bare_name_is",
}
"""What the text of a region asks of `ops.resolve_codes`, part by part, in the order of `PAIR`: name -> SQL."""
ASKS = ", ".join(f"w_{name}" for name in QUESTION)
ASKED = f"dataset, pemda, indikator_terbit, satuan_terbit, unknown, {ASKS}"


def collect(conn: Connection) -> bool:
    """Fill pg_temp.stated with one row per stated figure, in the base of its unit; False where there is nothing to compare.

    `ragu` is what rounding may hide in it, `newest` its accept number. Within the caller's transaction.
    """
    if conn.execute("select to_regclass(%s)", [TABLE]).fetchone() == (None,):
        return False
    # Codes are joined on expressions whose selectivity no planner can know; a nested loop over a million figures is never right here.
    conn.execute("set local enable_nestloop to off")
    _resolve(conn)
    if not conn.execute(f"create temp table several on commit drop as {_several()}").rowcount:
        return False
    conn.execute(f"create temp table row_of_figure on commit drop as {_rows()}")
    conn.execute("analyze row_of_figure")
    conn.execute(f"create temp table stated on commit drop as {_stated()}")
    conn.execute("analyze stated")
    return bool(conn.execute("select count(distinct level) > 1 from stated").fetchone() == (True,))


def _resolve(conn: Connection) -> None:
    """Fill pg_temp.asked with what the texts of all figures ask; code_resolution answers it."""
    beside = [str(row[0]) for row in conn.execute(BESIDE)]
    conn.execute(f"create temp table asked on commit drop as select distinct {ASKED} from ({_told(_texts(beside))}) t")
    conn.execute(
        f"create temp table code_pair ({', '.join(f'{name} text' for name in PAIR)}) on commit drop; "
        f"insert into code_pair select distinct {ASKS} from asked where w_published is not null "
        "union select distinct 'indikator', lower(indikator_terbit), '', '', '', '' from asked where indikator_terbit is not null "
        "union select distinct 'satuan', lower(satuan_terbit), '', '', '', '' from asked where satuan_terbit is not null; analyze code_pair; "
        "create temp table code_resolution on commit drop as select * from ops.resolve_codes('code_pair'); analyze code_resolution"
    )


def _texts(beside: list[str]) -> str:
    """SQL: the texts of trusted rows that ask for codes, as they stand together: a few thousand of millions of rows, so nothing else is carried."""
    more = ", ".join(f"{literal(name)}, r.tambahan ->> {literal(name)}" for name in beside)
    tambahan = f"jsonb_build_object({more})" if more else "'{}'::jsonb"
    return f"""(select distinct r._dataset_id, r.kode_wilayah, r.kode_indikator, r.satuan, {tambahan} as tambahan from {TABLE} r where {TRUSTED})"""


def _told(rows: str, more: str = "") -> str:
    """SQL: each figure of each row `r`, its measure `a`, and the questions its texts ask; `more`: further columns of it."""
    return f"""
        select d.dataset, d.pemda, {INDICATOR} as indikator_terbit, {UNIT} as satuan_terbit, k.unknown, {more}
               {", ".join(f"{text} as w_{name}" for name, text in QUESTION.items())}
        from {rows} r join ops.dataset d on d.dataset_id = r._dataset_id
        join (select dataset_id, column_name, unit, unit_from, indikator, klasifikasi from ops.dataset_column
              where indikator is not null or column_name = 'nilai') a on a.dataset_id = r._dataset_id
        left join (select c.dataset_id, array_agg(c.column_name order by c.column_name) as names from ops.dataset_column c
                   where c.is_key and c.type in ('text', 'code') and c.column_name not in ('kode_indikator', 'satuan')
                   and not exists (select from ops.dataset_column p where p.dataset_id = c.dataset_id and p.within = c.column_name)
                   group by c.dataset_id) s on s.dataset_id = r._dataset_id
        left join ops.code_column k on k.dataset_id = r._dataset_id and k.column_name = 'kode_wilayah'"""


def _several() -> str:
    """SQL: how agencies call the indicators that are stated of regions of more than one level; the others have no parts and no total."""
    return f"""
        with placed as (select i.code, lower(t.indikator_terbit) as published, ops.code_level(region.code) as level from asked t {CODES})
        select distinct published from placed where code in (select code from placed group by code having count(distinct level) > 1)"""


def _rows() -> str:
    """SQL: the figures that can be parts or totals."""
    more = """r._penerbit as penerbit, r._from_batch as newest, r._fetched_at as diambil, r._periode_mulai as mulai, r._periode_akhir as akhir,
        case when a.column_name = 'nilai' then r.nilai
             when jsonb_typeof(r.tambahan -> a.column_name) = 'number' then (r.tambahan ->> a.column_name)::numeric end as angka,
        coalesce((select string_agg(b.key || '=' || lower(b.value), ';' order by b.key) from (
           select e.key, e.value from jsonb_each_text(a.klasifikasi) e
           union all select n, r.tambahan ->> n from unnest(s.names) n) b where b.value is not null), '') as klasifikasi, """
    wanted = f"lower({INDICATOR}) in (select published from several)"
    return f"select * from ({_told(TABLE, more)} where {TRUSTED} and {wanted}) t where angka is not null and mulai is not null"


def _stated() -> str:
    """SQL: the figures whose codes are known, of indicators that add up."""
    return f"""
        select i.code as indikator, t.klasifikasi, t.mulai, t.akhir, region.code as wilayah, ops.code_level(region.code) as level, t.dataset, t.penerbit,
               t.angka * f.faktor as nilai, t.newest, t.diambil, false as is_sum,
               case when f.faktor = 1 and t.angka = trunc(t.angka) then 0 else f.faktor * 0.5 * power(10::numeric, -scale(t.angka)) end as ragu
        from row_of_figure t {CODES}
        left join code_resolution u on u.reference = 'satuan' and u.published = lower(t.satuan_terbit) and {PLAIN.format("u")}
        left join ops.reference_item unit on unit.reference = 'satuan' and unit.code = u.code
        cross join lateral (select case when t.satuan_terbit is null then 1 else (unit.detail ->> 'faktor')::numeric end as faktor) f
        where f.faktor is not null"""
