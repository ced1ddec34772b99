"""A country's list of regions beside the one that stands: what is wrong with it, what it changes, and the list that comes of it.

Compared in the database as sets: the list has 91,000 rows. Nothing here writes to the ledger; the list is a file of the registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

KINDS = ("ditambah", "berganti nama", "pindah", "berakhir", "kode BPS")
COLUMNS = ("kode", "kode_bps", "level", "jenis", "nama", "induk", "sinonim", "berlaku_dari", "berlaku_sampai", "pengganti")
"""The columns of the list, in its order; what else a row holds follows."""


@dataclass(frozen=True)
class Change:
    """One difference between the list that stands and the one that comes."""

    kind: str
    level: str
    code: str
    name: str
    detail: str


@dataclass(frozen=True)
class Count:
    """One level of the list."""

    level: str
    standing: int
    incoming: int
    ended: int
    in_scope: int
    """Of those that stand, how many lie where the file speaks of this level: only these can end."""


def stage(conn: Connection, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Put (line, code, name, BPS code) of a file into a temporary table. Within the caller's transaction."""
    conn.execute("create temp table given (line integer, published text, name text, code_bps text) on commit drop")
    with conn.cursor() as cursor, cursor.copy("copy given from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    conn.execute(
        """create temp table incoming on commit drop as
           select g.line, g.published, ops.kemendagri_code(g.published) as code, g.name, nullif(g.code_bps, '') as code_bps from given g;
           create temp table standing on commit drop as select * from ops.reference_item where reference = 'wilayah';
           alter table incoming add column level text, add column parent text;
           update incoming set level = ops.code_level(code), parent = coalesce(substring(code from '^(.*)[.][^.]*$'), '') where code is not null;
           create index on incoming (code); create index on incoming (parent); create unique index on standing (code);
           analyze incoming; analyze standing"""
    )


def problems(conn: Connection, most: int) -> list[tuple[int, str, str, str]]:
    """(line, column, what is wrong, what would be right) of the staged file, in its order."""
    return conn.execute(
        """select line, kolom, salah, seharusnya from (
             select line, 'kode' as kolom, format('`%%s` bukan kode Kemendagri', published) as salah, 'PP, PP.KK, PP.KK.CC, atau PP.KK.CC.DDDD' as seharusnya
             from incoming where code is null
             union all select line, 'nama', 'kosong', 'nama wilayahnya' from incoming where trim(name) = ''
             union all select i.line, 'kode', format('`%%s` sudah ada di baris %%s', i.published, f.line), 'setiap kode sekali'
             from incoming i join (select code, min(line) as line from incoming group by code) f on f.code = i.code and f.line < i.line
             union all select i.line, 'kode', format('induk `%%s` tidak ada di berkas ini dan tidak di daftar yang berlaku', i.parent), 'baris untuk induknya'
             from incoming i where i.parent <> '' and not exists (select from incoming p where p.code = i.parent)
               and not exists (select from standing s where s.code = i.parent and s.valid_to is null)
             union all select i.line, 'kode', format('`%%s` sudah berakhir %%s; kode tidak dipakai ulang', i.code, s.valid_to), 'kode baru'
             from incoming i join standing s using (code) where s.valid_to is not null
             union all select i.line, 'kode_bps', format('`%%s` bukan kode BPS pada level itu', i.code_bps), '2, 4, 7, atau 10 angka menurut levelnya'
             from incoming i where i.code_bps is not null and i.code is not null
               and i.code_bps !~ case i.level when 'provinsi' then '^[0-9]{2}$' when 'kabupaten_kota' then '^[0-9]{4}$'
                                              when 'kecamatan' then '^[0-9]{7}$' else '^[0-9]{10}$' end
             union all select i.line, 'kode_bps', format('`%%s` juga milik %%s', i.code_bps, o.code), 'satu kode BPS untuk satu wilayah'
             from incoming i join (select code, code_bps from incoming where code_bps is not null union
                                   select s.code, s.code_bps from standing s where s.code_bps is not null and s.valid_to is null
                                     and not exists (select from incoming n where n.code = s.code and n.code_bps is not null)) o
               on o.code_bps = i.code_bps and o.code <> i.code
           ) p order by line, kolom limit %s""",
        [most],
    ).fetchall()


def compare(conn: Connection, per: date) -> None:
    """Work out the list that comes of it, in force from `per`, into the temporary tables `merged` and `change`."""
    for statement in _COMPARE:
        conn.execute(statement.encode(), {"per": per} if "%(" in statement else None)


_COMPARE = (
    # Where the file speaks of a level: what is missing there has ended; of other places it says nothing. The file of one kabupaten names it, too.
    """create temp table scope on commit drop as
       select distinct level, left(code, 5) as area from incoming where level in ('kecamatan', 'desa_kelurahan')
       union select 'kabupaten_kota', i.parent from incoming i where i.level = 'kabupaten_kota' group by i.parent
             having 2 * count(*) > (select count(*) from standing s where s.level = 'kabupaten_kota' and s.valid_to is null and s.parent = i.parent)
       union select 'provinsi', '' where 2 * (select count(*) from incoming where level = 'provinsi')
                                         > (select count(*) from standing where level = 'provinsi' and valid_to is null)""",
    """create temp table ended on commit drop as
       select s.code, s.level, s.name, s.parent from standing s
       join scope c on c.level = s.level and c.area = left(s.code, case s.level when 'provinsi' then 0 when 'kabupaten_kota' then 2 else 5 end)
       where s.valid_to is null and not exists (select from incoming i where i.code = s.code)""",
    """create temp table added on commit drop as
       select i.code, i.level, i.name, i.parent,
              i.level in ('provinsi', 'kabupaten_kota') or coalesce(k.siblings, false) as siblings
       from incoming i
       left join (select level, left(code, 5) as area, true as siblings from standing where valid_to is null group by 1, 2) k
         on k.level = i.level and k.area = left(i.code, 5)
       where not exists (select from standing s where s.code = i.code)""",
    # The same name in the same kabupaten (a kabupaten: in the country), once on either side: it has moved.
    """create temp table moved on commit drop as
       with o as (select e.*, case when e.level = 'kabupaten_kota' then '' else left(e.code, 5) end as area, f.form
                  from ended e cross join lateral (select (ops.region_name(e.name, e.level))[1] as form) f),
       n as (select a.*, case when a.level = 'kabupaten_kota' then '' else left(a.code, 5) end as area, f.form
             from added a join (select distinct level from ended) l using (level) cross join lateral (select (ops.region_name(a.name, a.level))[1] as form) f)
       select min(o.code) as code, min(n.code) as successor from o join n using (level, area, form)
       group by level, area, form having count(distinct o.code) = 1 and count(distinct n.code) = 1""",
    """create temp table renamed on commit drop as
       select i.code, i.level, i.name, s.name as was from incoming i join standing s using (code)
       where lower(i.name) <> lower(s.name) and not ops.region_name(i.name, i.level) && ops.region_name(s.name, s.level)""",
    """create temp table merged on commit drop as
       select s.code, coalesce(i.code_bps, s.code_bps) as code_bps, s.level, s.kind, coalesce(r.name, s.name) as name, s.parent,
              case when r.code is null then s.detail
                   else s.detail || jsonb_build_object('sinonim', concat_ws('|', nullif(s.detail ->> 'sinonim', ''), r.was)) end as detail,
              s.valid_from, case when e.code is null then s.valid_to else %(per)s::date - 1 end as valid_to, coalesce(m.successor, s.successor) as successor
       from standing s left join incoming i using (code) left join renamed r using (code) left join ended e using (code) left join moved m using (code)
       union all
       select a.code, i.code_bps, a.level,
              case a.level when 'kabupaten_kota' then case when substring(a.code from 4 for 2) >= '71' then 'kota' else 'kabupaten' end
                           when 'desa_kelurahan' then case substring(a.code from 10 for 1) when '1' then 'kelurahan' when '2' then 'desa' else 'desa adat' end
                           else a.level end,
              a.name, nullif(a.parent, ''), '{}', case when a.siblings then %(per)s::date end, null, null
       from added a join incoming i using (code)""",
    """create temp table change on commit drop as
       select 'ditambah' as kind, level, code, name, '' as detail from added where code not in (select successor from moved)
       union all select 'berganti nama', level, code, name, format('sebelumnya %s', was) from renamed
       union all select 'pindah', e.level, e.code, e.name, format('menjadi %s', m.successor) from moved m join ended e using (code)
       union all select 'berakhir', level, code, name, '' from ended where code not in (select code from moved)
       union all select 'kode BPS', i.level, i.code, i.name, format('%s, sebelumnya %s', i.code_bps, coalesce(s.code_bps, 'kosong'))
                 from incoming i join standing s using (code) where i.code_bps is distinct from s.code_bps and i.code_bps is not null""",
)


def changes(conn: Connection) -> list[Change]:
    """What differs, kind by kind and in the order of the codes."""
    with conn.cursor(row_factory=class_row(Change)) as cursor:
        return cursor.execute("select * from change order by array_position(%s, kind), code", [list(KINDS)]).fetchall()


def counts(conn: Connection) -> list[Count]:
    """Each level, from the provinces down."""
    with conn.cursor(row_factory=class_row(Count)) as cursor:
        return cursor.execute(
            """select l.level, (select count(*) from standing s where s.level = l.level and s.valid_to is null) as standing,
                      (select count(*) from incoming i where i.level = l.level) as incoming, (select count(*) from ended e where e.level = l.level) as ended,
                      (select count(*) from standing s join scope c on c.level = s.level
                         and c.area = left(s.code, case s.level when 'provinsi' then 0 when 'kabupaten_kota' then 2 else 5 end)
                       where s.level = l.level and s.valid_to is null) as in_scope
               from unnest(array['provinsi', 'kabupaten_kota', 'kecamatan', 'desa_kelurahan']) with ordinality as l (level, nth) order by l.nth"""
        ).fetchall()


def further_columns(conn: Connection) -> list[str]:
    """What else rows of the list hold, beside its own columns."""
    rows = conn.execute("select distinct k from merged cross join lateral jsonb_object_keys(detail) as k where k <> 'sinonim' order by 1")
    return [str(row[0]) for row in rows.fetchall()]


def merged_rows(conn: Connection, further: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of the list that comes of it, by code, in the order of `COLUMNS` and `further`."""
    with conn.cursor(name="merged_rows") as cursor:
        cursor.itersize = 10_000
        cursor.execute(
            """select code, code_bps, level, kind, name, parent, detail ->> 'sinonim', valid_from, valid_to, successor, detail
               from merged order by code collate "C" """
        )
        for *own, detail in cursor:
            yield (*own, *(detail.get(name) for name in further))
