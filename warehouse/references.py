"""The reference lists of the registry as SQL sees them: `sources/references/*.csv` -> `ops.reference_item` and the forms of their names.

Rules on staging and conform resolve codes in the database, so the lists must be there before the first batch is judged. Loading is
skipped while the files, and what is made of them here, are the same; otherwise each list is compared as a set and only what differs is written.
Rows are streamed: a country's list of regions has 91,000. A list that comes without a code that accepted rows use, or by which their texts no
longer mean one code, is not taken: the one that stands goes on, or their figures would go out of the next release because of a slip in a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection, Rollback

from contracts import clock
from contracts.errors import CodesInUse, TextsInUse
from contracts.reference_files import HOLIDAYS, SYNONYMS, Row
from contracts.references import each_reference_row, part_of_sources, reference_names, reference_rows, references_sha256
from warehouse.codes_in_use import used_among
from warehouse.rebuilding import is_unfinished
from warehouse.texts_in_use import texts_lost

LOCK = 7_006
OWN = ("kode", "nama", "level", "jenis", "induk", "kode_bps", "satuan", "berlaku_dari", "berlaku_sampai", "pengganti")
"""CSV columns with a column of their own in `ops.reference_item`; the others are kept together in `detail`."""

MOST_NAMED = 20
"""Codes in use that one message names."""


@dataclass(frozen=True)
class ListChange:
    """What loading one list changed."""

    reference: str
    added: int
    changed: int
    removed: int

    @property
    def any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.added or self.changed or self.removed)


def load_references(conn: Connection) -> list[ListChange]:
    """Bring `ops.reference_item` to what the files say; nothing is done (and [] returned) while they are the same.

    Safe when several loads and a transform do it at once. Raises: what `contracts.references` raises over a file that is no list, of which
    `source check` names the line; `CodesInUse` over lists without a code that rows use and `TextsInUse` over those by which a text of theirs
    has no code any more. Such lists stay as they stand while the others are loaded.
    """
    wanted = _wanted()
    if _loaded(conn) == wanted:
        return []
    changes, kept = _brought_to(conn, wanted)
    for error in (CodesInUse, TextsInUse):
        if refused := {name: found for name, (why, found) in kept.items() if why is error}:
            raise error(tuple(refused), tuple(one for found in refused.values() for one in found))
    return changes


Kept = dict[str, tuple[type[CodesInUse] | type[TextsInUse], list[str]]]
"""Lists that stay as they stand, each with the error over it and what it would have lost."""


def _brought_to(conn: Connection, wanted: str) -> tuple[list[ListChange], Kept]:
    """What loading changed, and the lists that were not taken: while there is one, what is loaded is no version."""
    names = sorted(reference_names())
    with conn.transaction():
        conn.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        was = _loaded(conn)
        if was == wanted:
            return [], {}
        is_new_version = was is None or was.partition("-")[2] != wanted.partition("-")[2]
        kept: Kept = {}
        while (changes := _load_but(conn, names, kept, is_new_version)) is None:
            pass
        _load_holidays(conn)
        conn.execute("delete from ops.reference_version")
        if not kept:
            conn.execute("insert into ops.reference_version values (%s, %s)", [wanted, clock.now()])
        return changes, kept


def _load_but(conn: Connection, names: list[str], kept: Kept, is_new_version: bool) -> list[ListChange] | None:
    """Load all lists but those `kept`; where rows would lose their code by one, it is added to them and nothing is loaded: None."""
    with conn.transaction() as attempt:
        changes = [change for name in names if name not in kept and (change := _load_list(conn, name, kept))]
        spelled_anew = _load_synonyms(conn, names, kept)
        anew = spelled_anew | {change.reference for change in changes if change.any}
        _rebuild_forms(conn, names if is_new_version else anew)
        if not (lost := {} if is_unfinished(conn) else texts_lost(conn, anew - kept.keys(), MOST_NAMED)):
            return changes
        kept |= {name: (TextsInUse, texts) for name, texts in lost.items()}
        raise Rollback(attempt)
    return None


def _load_holidays(conn: Connection) -> None:
    """The public holidays, for what is promised in working days."""
    rows = _optional(HOLIDAYS)
    conn.execute("delete from ops.holiday")
    conn.execute(
        "insert into ops.holiday select * from unnest(%s::date[], %s::text[])",
        [[row[name] for row in rows] for name in ("tanggal", "nama")],
    )


def _wanted() -> str:
    """The files and this module: a version of ours that finds more forms of a name applies them to the lists that are there."""
    return f"{references_sha256()}-{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]}"


def _loaded(conn: Connection) -> str | None:
    row = conn.execute("select sha256 from ops.reference_version").fetchone()
    return str(row[0]) if row else None


def _optional(name: str) -> tuple[Row, ...]:
    """The rows of a file that a registry need not have."""
    return reference_rows(name) if (part_of_sources("references") / f"{name}.csv").is_file() else ()


def _load_list(conn: Connection, name: str, kept: Kept) -> ListChange | None:
    """Bring one list to what its file says; one that lacks codes in use stays as it is, and is added to `kept`."""
    conn.execute("create temp table if not exists list_row (row jsonb not null) on commit drop")
    conn.execute("truncate list_row")
    with conn.cursor() as cursor, cursor.copy("copy list_row from stdin") as copy:
        for row in each_reference_row(name):
            copy.write_row([json.dumps({key: value for key, value in row.items() if key and value})])
    if used := _dropped_in_use(conn, name):
        kept[name] = (CodesInUse, used)
        return None
    removed = conn.execute("delete from ops.reference_item where reference = %s and code in (select code from dropped)", [name]).rowcount
    counts = conn.execute(_UPSERT, {"reference": name, "own": list(OWN)}).fetchone()
    added, changed = counts or (0, 0)
    return ListChange(name, added, changed, removed)


def _dropped_in_use(conn: Connection, name: str) -> list[str]:
    """Puts the codes that the file no longer has into the temporary `dropped`; which of them rows use. What a rebuild repeats was decided then."""
    conn.execute("create temp table if not exists dropped (code text not null) on commit drop")
    conn.execute("truncate dropped")
    gone = conn.execute(
        """insert into dropped select i.code from ops.reference_item i where reference = %s
           and not exists (select from (select row ->> 'kode' as code from list_row) l where l.code = i.code)""",
        [name],
    ).rowcount
    used = used_among(conn, name, "dropped", MOST_NAMED) if gone and not is_unfinished(conn) else []
    return [f"{one.code} {one.name} ({one.rows} baris)" for one in used]


def _load_synonyms(conn: Connection, names: Collection[str], kept: Collection[str]) -> set[str]:
    """Other spellings with who added them, of the lists themselves and of the file that names people; the lists of which some came or went.

    Those of the lists that are kept stay as they stand.
    """
    conn.execute("create temp table spelled on commit drop as select * from ops.reference_synonym where reference = any(%s)", [list(kept)])
    conn.execute(
        """insert into spelled (reference, code, synonym, by)
           select distinct i.reference, i.code, trim(s.synonym), 'bawaan' from ops.reference_item i
           cross join unnest(string_to_array(i.detail ->> 'sinonim', '|')) as s (synonym)
           where trim(s.synonym) <> '' and i.reference <> all(%s)""",
        [list(kept)],
    )
    columns = {"daftar": "text", "kode": "text", "sinonim": "text", "oleh": "text", "tanggal": "date", "alasan": "text"}
    rows = [row for row in _optional(SYNONYMS) if row["daftar"] in names and row["daftar"] not in kept]
    conn.execute(
        f"""insert into spelled select distinct on (r, s, c) * from unnest({", ".join(f"%s::{kind}[]" for kind in columns.values())}) as s (r, c, s, b, t, w)
            where not exists (select from spelled p where (p.reference, p.synonym, p.code) = (s.r, s.s, s.c))""".encode(),
        [[row.get(name) or None for row in rows] for name in columns],
    )
    found = conn.execute(
        """select distinct reference
           from ((table spelled except table ops.reference_synonym) union all (table ops.reference_synonym except table spelled)) d"""
    ).fetchall()
    conn.execute("delete from ops.reference_synonym")
    conn.execute("insert into ops.reference_synonym table spelled")
    return {str(row[0]) for row in found}


_COLUMNS = "name, level, kind, parent, code_bps, unit, valid_from, valid_to, successor, detail"
_UPSERT = f"""
    with w as (
      insert into ops.reference_item as i (reference, code, {_COLUMNS})
      select %(reference)s, j ->> 'kode', j ->> 'nama', coalesce(j ->> 'level', ''), coalesce(j ->> 'jenis', j ->> 'kelompok', ''), j ->> 'induk',
             j ->> 'kode_bps', j ->> 'satuan', (j ->> 'berlaku_dari')::date, (j ->> 'berlaku_sampai')::date, j ->> 'pengganti', j - %(own)s::text[]
      from list_row as l (j)
      on conflict (reference, code) do update
        set ({_COLUMNS}) = ({", ".join(f"excluded.{name}" for name in _COLUMNS.split(", "))})
        where ({", ".join(f"i.{name}" for name in _COLUMNS.split(", "))})
              is distinct from ({", ".join(f"excluded.{name}" for name in _COLUMNS.split(", "))})
      returning xmax = 0 as added)
    select count(*) filter (where added), count(*) filter (where not added) from w"""


def _rebuild_forms(conn: Connection, names: Collection[str]) -> None:
    """The spellings by which an item is found: its name and synonyms in the normal form, and outside of regions its code as well."""
    names = sorted({*names, "satuan"} if names else ())
    conn.execute(
        "delete from ops.reference_form where reference = any(%s) or reference not in (select reference from ops.reference_item)", [names]
    )
    conn.execute(
        """
        insert into ops.reference_form
        select distinct i.reference, i.level, f.form, i.code from ops.reference_item i
        cross join lateral (
          select i.name union all select s.synonym from ops.reference_synonym s where s.reference = i.reference and s.code = i.code) as n (name)
        cross join lateral unnest(case
          when i.reference = 'satuan' then array[lower(n.name), lower(i.code)]
          when i.reference <> 'wilayah' then array[lower(n.name), ops.normal_name(n.name), lower(i.code), ops.normal_name(i.code)]
          when i.level = 'kabupaten_kota' and n.name !~* '^\\s*(kab(upaten)?|kota)\\M' then ops.region_name(i.kind || ' ' || n.name, i.level)
          when i.level in ('kabupaten_kota', 'provinsi') then ops.region_name(n.name, i.level)
          else array[ops.normal_name(n.name)] end) as f (form)
        where f.form <> '' and i.reference = any(%s)""",
        [names],
    )
    # A unit that a list itself uses is known, even where satuan.csv does not say what it can be converted to.
    conn.execute("""
        insert into ops.reference_form
        select distinct 'satuan', '', lower(i.unit), lower(i.unit) from ops.reference_item i
        where i.unit is not null and not exists (select from ops.reference_form f where f.reference = 'satuan' and f.form = lower(i.unit))""")
    conn.execute("select ops.analyze_small()")
