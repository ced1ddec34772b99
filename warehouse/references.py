"""The reference lists of the registry as SQL sees them: `sources/references/*.csv` -> `ops.reference_item` and the forms of their names.

Rules on staging and conform resolve codes in the database, so the lists must be there before the first batch is judged. Loading is
skipped while the files, and what is made of them here, are the same; otherwise each list is compared as a set and only what differs is written.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection

from contracts import clock
from contracts.reference_files import HOLIDAYS
from contracts.references import part_of_sources, reference_names, reference_rows, references_sha256

LOCK = 7_006
OWN = ("kode", "nama", "level", "jenis", "induk", "kode_bps", "satuan", "berlaku_dari", "berlaku_sampai", "pengganti")
"""CSV columns with a column of their own in `ops.reference_item`; the others are kept together in `detail`."""


@dataclass(frozen=True)
class ListChange:
    """What loading one list changed."""

    reference: str
    added: int
    changed: int
    removed: int


def load_references(conn: Connection) -> list[ListChange]:
    """Bring `ops.reference_item` to what the files say; nothing is done (and [] returned) while they are the same.

    Safe when several loads and a transform do it at once. Raises: what `contracts.references` raises over a file that is no list;
    `source check` names its line.
    """
    wanted = _wanted()
    if _loaded(conn) == wanted:
        return []
    with conn.transaction():
        conn.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        if _loaded(conn) == wanted:
            return []
        changes = [_load_list(conn, name) for name in sorted(reference_names())]
        _rebuild_forms(conn)
        _load_holidays(conn)
        conn.execute("delete from ops.reference_version")
        conn.execute("insert into ops.reference_version values (%s, %s)", [wanted, clock.now()])
        return changes


def _load_holidays(conn: Connection) -> None:
    """The public holidays, for what is promised in working days."""
    rows = reference_rows(HOLIDAYS) if (part_of_sources("references") / f"{HOLIDAYS}.csv").is_file() else ()
    conn.execute("delete from ops.holiday")
    conn.execute(
        "insert into ops.holiday select * from unnest(%s::date[], %s::text[])",
        [[row[name] for row in rows] for name in ("tanggal", "nama")],
    )


def _wanted() -> str:
    """The files and this module: a version of ours that finds more forms of a name applies them to the lists that are there."""
    return hashlib.sha256(references_sha256().encode() + Path(__file__).read_bytes()).hexdigest()


def _loaded(conn: Connection) -> str | None:
    row = conn.execute("select sha256 from ops.reference_version").fetchone()
    return str(row[0]) if row else None


def _load_list(conn: Connection, name: str) -> ListChange:
    rows = [{key: value for key, value in row.items() if key and value} for row in reference_rows(name)]
    removed = conn.execute(
        "delete from ops.reference_item where reference = %s and code <> all(%s)", [name, [row["kode"] for row in rows]]
    ).rowcount
    counts = conn.execute(_UPSERT, {"reference": name, "own": list(OWN), "rows": json.dumps(rows)}).fetchone()
    added, changed = counts or (0, 0)
    return ListChange(name, added, changed, removed)


_COLUMNS = "name, level, kind, parent, code_bps, unit, valid_from, valid_to, successor, detail"
_UPSERT = f"""
    with w as (
      insert into ops.reference_item as i (reference, code, {_COLUMNS})
      select %(reference)s, j ->> 'kode', j ->> 'nama', coalesce(j ->> 'level', ''), coalesce(j ->> 'jenis', j ->> 'kelompok', ''), j ->> 'induk',
             j ->> 'kode_bps', j ->> 'satuan', (j ->> 'berlaku_dari')::date, (j ->> 'berlaku_sampai')::date, j ->> 'pengganti', j - %(own)s::text[]
      from jsonb_array_elements(%(rows)s::jsonb) as l (j)
      on conflict (reference, code) do update
        set ({_COLUMNS}) = ({", ".join(f"excluded.{name}" for name in _COLUMNS.split(", "))})
        where ({", ".join(f"i.{name}" for name in _COLUMNS.split(", "))})
              is distinct from ({", ".join(f"excluded.{name}" for name in _COLUMNS.split(", "))})
      returning xmax = 0 as added)
    select count(*) filter (where added), count(*) filter (where not added) from w"""


def _rebuild_forms(conn: Connection) -> None:
    """The spellings by which an item is found: its name and synonyms in the normal form, and outside of regions its code as well."""
    conn.execute("delete from ops.reference_form")
    conn.execute("""
        insert into ops.reference_form
        select distinct i.reference, i.level, f.form, i.code from ops.reference_item i
        cross join lateral unnest(array[i.name] || string_to_array(i.detail ->> 'sinonim', '|')) as n (name)
        cross join lateral unnest(case
          when i.reference = 'satuan' then array[lower(n.name), lower(i.code)]
          when i.reference <> 'wilayah' then array[lower(n.name), ops.normal_name(n.name), lower(i.code), ops.normal_name(i.code)]
          when i.level = 'kabupaten_kota' and n.name !~* '^\\s*(kab(upaten)?|kota)\\M' then ops.region_name(i.kind || ' ' || n.name, i.level)
          when i.level in ('kabupaten_kota', 'provinsi') then ops.region_name(n.name, i.level)
          else array[ops.normal_name(n.name)] end) as f (form)
        where f.form <> ''""")
    # A unit that a list itself uses is known, even where satuan.csv does not say what it can be converted to.
    conn.execute("""
        insert into ops.reference_form
        select distinct 'satuan', '', lower(i.unit), lower(i.unit) from ops.reference_item i
        where i.unit is not null and not exists (select from ops.reference_form f where f.reference = 'satuan' and f.form = lower(i.unit))""")
    conn.execute("select ops.analyze_small()")
