"""Which published row somebody means: a table of mart, and `column=value` pairs of its key or of whatever else it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from psycopg import Connection, DataError, sql
from psycopg.rows import dict_row

from contracts.errors import WrongUsage
from warehouse.names import relation, shown
from warehouse.published import STAMP, columns

MOST_SHOWN = 5
KNOWN = """
select case schemaname when 'mart' then '' else schemaname || '.' end || tablename
from pg_tables where schemaname in ('mart', 'mart_instansi') order by 1"""


@dataclass(frozen=True)
class Row:
    """One published row."""

    table: str
    model: str
    """What its table is called in its first version."""
    key: Mapping[str, Any]
    values: Mapping[str, Any]


def row_of(conn: Connection, table: str, pairs: Sequence[str]) -> Row:
    """The one row of `mart.<table>` that says all of the pairs.

    Raises: `WrongUsage` for a table, column or value that is not there, an old version of a table, and where several rows say so.
    """
    name = _table(conn, table)
    model = _model(conn, name)
    there = columns(conn, relation(name))
    key = [str(column) for column in conn.execute("select ops.primary_key(%s::regclass)", [relation(name)]).fetchall()[0][0]]
    wanted = _pairs(name, pairs, there, key)
    found = _rows(conn, name, wanted)
    if len(found) == 1:
        return Row(name, model, {column: found[0][column] for column in key}, found[0])
    said = ", ".join(pairs) or "kunci apa pun"
    if not found:
        raise WrongUsage(f"Tidak ada baris {shown(name)} dengan {said}", _help(name, there, key))
    apart = _apart(found, set(wanted), there)
    first = "; ".join(" ".join(f"{column}={one[column]}" for column in apart) for one in found[:MOST_SHOWN])
    many = f"{len(found)} baris" if len(found) <= MOST_SHOWN else f"lebih dari {MOST_SHOWN} baris"
    raise WrongUsage(f"{many} {shown(name)} cocok dengan {said}", f"Tambahkan salah satu: {first}")


def _table(conn: Connection, table: str) -> str:
    name = table.removeprefix("mart.").strip('"')
    known = [str(row[0]) for row in conn.execute(KNOWN).fetchall()]
    if name not in known:
        near = ", ".join(shown(one) for one in get_close_matches(name, known, n=3, cutoff=0.4) or known[:5])
        raise WrongUsage(f"Tabel {shown(name)} tidak ada", f"Mungkin maksudnya: {near or 'belum ada yang terbit'}")
    return name


def _model(conn: Connection, table: str) -> str:
    """Raises: `WrongUsage` for a version that releases no longer change: the rows of today are not what it rests on."""
    query = """select p.model, ops.newest_table(p.model) from ops.published_table p where p.table_name = %s"""
    model, newest = conn.execute(query, [table]).fetchone() or (table, table)
    if newest != table:
        raise WrongUsage(f"{shown(table)} adalah versi lama yang tidak diperbarui lagi", f"Telusuri {shown(str(newest))}")
    return str(model)


def _pairs(table: str, pairs: Sequence[str], there: Mapping[str, str], key: Sequence[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        column, is_pair, value = pair.partition("=")
        if not is_pair or column not in there:
            problem = f"{shown(table)} tidak punya kolom `{column}`" if is_pair else f"`{pair}` bukan kolom=nilai"
            raise WrongUsage(problem, _help(table, there, key))
        found[column] = value
    return found


def _help(table: str, there: Mapping[str, str], key: Sequence[str]) -> str:
    others = [name for name in there if name not in (*key, STAMP) and not name.startswith("_")]
    return f"Kunci {shown(table)}: {', '.join(key)}; boleh juga kolom lain: {', '.join(others)}"


def _rows(conn: Connection, table: str, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    where: list[sql.Composable] = [
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in wanted.items()
    ] or [sql.SQL("true")]
    query = sql.SQL("select * from {} where {} limit {}").format(
        sql.SQL(relation(table)), sql.SQL(" and ").join(where), sql.Literal(MOST_SHOWN + 1)
    )
    try:
        with conn.transaction(), conn.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query).fetchall()
    except DataError as error:
        raise WrongUsage(f"Nilai tidak dapat dibaca: {str(error).splitlines()[0]}", "Tulis nilai sebagaimana tampil di tabelnya") from None


def _apart(found: Sequence[Mapping[str, Any]], said: set[str], there: Mapping[str, str]) -> list[str]:
    """Columns by which the rows can be told apart, those for people first."""
    differing = [name for name in there if name not in said and name != STAMP and len({one[name] for one in found}) > 1]
    readable = [name for name in differing if not name.endswith("_key") and not name.startswith("_")]
    return (readable or differing)[:4]
