"""Codes that people give to published texts: what waits, which questions a text asks, and the answers, which are only ever added to.

A question is a text with its circumstances (list, level, parent, code system), as `ops.resolve_codes` is asked; its newest answer counts at
every conform, for rows accepted long ago as for new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row, dict_row

from warehouse.code_columns import code_columns, columns_of, pair, place, qualified

MOST_CANDIDATES = 5


@dataclass(frozen=True)
class Question:
    """A text that was published, the circumstances it was read in, and what it means now."""

    reference: str
    published: str
    level: str
    within: str
    system: str
    code: str | None
    """None while it has no code."""
    parents: tuple[str, ...]
    """Codes that the text of its parent column may mean; () where the parent is a code, unknown, or not named."""


@dataclass(frozen=True)
class Item:
    """A code of a list."""

    reference: str
    code: str
    name: str
    level: str


def waiting(conn: Connection, dataset: str | None = None) -> list[dict[str, Any]]:
    """What waits for a code, most rows first, with candidates for a person to choose from; texts already given one are left out.

    A dict: reference, published (personal numbers masked), level, within, system, dataset, produsen, penerbit, rows, first_seen, why,
    candidates: [{code, name, level, place}].
    """
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """select u.reference, ops.masked(u.published) as published, u.level, ops.masked(u.within) as within, u.system, u.dataset, d.produsen, u.penerbit,
                      u.rows, u.first_seen, u.why, coalesce((
                        select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'level', c.item_level, 'place', c.place))
                        from ops.candidates(u.reference, u.published, u.level, u.within, d.pemda, %(most)s) c), '[]') as candidates
               from ops.unmapped_code u left join ops.dataset d using (dataset)
               where (%(dataset)s::text is null or u.dataset = %(dataset)s)
                 and not exists (select from ops.latest_mapping m where (m.reference, m.published, m.level, m.within, m.system)
                                                                      = (u.reference, u.published, u.level, u.within, u.system))
               order by u.rows desc, u.reference, u.published, u.dataset""",
            {"dataset": dataset, "most": MOST_CANDIDATES},
        ).fetchall()


def questions(conn: Connection, published: str, dataset: str | None = None, reference: str | None = None) -> list[Question]:
    """Every question that a text has asked so far, of one dataset and list or of all. `conn` in autocommit, or within a transaction."""
    values = {"published": published.strip(), "reference": reference}
    asked = _asked_by(conn, dataset, values) if dataset else None
    with conn.cursor(row_factory=class_row(Question)) as cursor:
        found = cursor.execute(_QUESTIONS.encode(), values).fetchall()
    return [one for one in found if asked is None or (one.reference, one.level, one.within, one.system) in asked]


_QUESTIONS = """
    with q as (
      select distinct x.reference, x.published, x.level, x.within, x.system,
             first_value(coalesce(m.code, x.code)) over (partition by x.reference, x.published, x.level, x.within, x.system order by x.code nulls first) as code
      from ops.resolved_code x left join ops.latest_mapping m using (reference, published, level, within, system)
      where x.published = lower(%(published)s) and (%(reference)s::text is null or x.reference = %(reference)s))
    select q.*, array(
      select f.code from unnest(ops.region_name(q.within, ops.level_above(q.level))) as n (form)
      join ops.reference_form f on f.reference = 'wilayah' and f.level = ops.level_above(q.level) and f.form = n.form
      where q.reference = 'wilayah' and q.within <> '' and q.within !~ '^[0-9]'
      union
      select m.code from ops.latest_mapping m where m.reference = 'wilayah' and m.published = q.within and m.level = ops.level_above(q.level)
    ) as parents from q order by 1, 3, 4, 5"""


def _asked_by(conn: Connection, dataset: str, values: Mapping[str, str | None]) -> set[tuple[str, ...]]:
    """(list, level, parent, system) by which the rows of a dataset ask for the code of a text."""
    found: set[tuple[str, ...]] = set()
    for column in code_columns(conn, dataset):
        own = columns_of(conn, column.raw_table)
        reference, _, level, within, system, _ = pair(column, own)
        found |= {tuple(row) for row in conn.execute(
            f"""select distinct {reference}, {level}, {within}, {system} from {qualified(column.raw_table)} r
                where r._dataset_id = {column.dataset_id} and lower({place(column.column_name, own)}) = lower(%(published)s)""".encode(),
            values,
        ).fetchall()}  # fmt: skip
    constants = "select reference, '', '', '' from ops.code_constant where dataset = %(dataset)s and published = lower(%(published)s)"
    return found | {tuple(row) for row in conn.execute(constants, {**values, "dataset": dataset}).fetchall()}


def item(conn: Connection, reference: str, code: str) -> Item | None:
    """A code of a list; None where the list has none of it."""
    return _item(conn, "reference = %s and code = %s", [reference, code.strip()])


def item_of_bps(conn: Connection, code: str) -> Item | None:
    """The region that has this code in the other system."""
    return _item(conn, "reference = 'wilayah' and code_bps = %s", [code.strip()])


def _item(conn: Connection, where: str, values: list[str]) -> Item | None:
    with conn.cursor(row_factory=class_row(Item)) as cursor:
        return cursor.execute(f"select reference, code, name, level from ops.reference_item where {where}".encode(), values).fetchone()


def add_mapping(conn: Connection, question: Question, code: str, by: str, at: datetime, reason: str | None) -> int:
    """Write what a person has decided, within the caller's transaction; its number."""
    row = conn.execute(
        """insert into ops.mapping (reference, published, level, within, system, code, by, at, reason)
           values (%(reference)s, %(published)s, %(level)s, %(within)s, %(system)s, %(code)s, %(by)s, %(at)s, %(reason)s) returning mapping_id""",
        {**asdict(question), "code": code, "by": by, "at": at, "reason": reason},
    ).fetchone()
    return int(row[0]) if row else 0


def subject(question: Question, code: str) -> Mapping[str, Any]:
    """A decision as the journal keeps it: enough to make it again."""
    return {name: getattr(question, name) for name in ("reference", "published", "level", "within", "system")} | {"code": code}


def waiting_rows(conn: Connection, answered: Iterable[Question]) -> int:
    """How many rows wait for these questions."""
    row = conn.execute(
        """select coalesce(sum(u.rows), 0) from ops.unmapped_code u
           join unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) q (reference, published, level, within, system)
           using (reference, published, level, within, system)""",
        [list(part) for part in zip(*((q.reference, q.published, q.level, q.within, q.system) for q in answered), strict=True)] or [[]] * 5,
    ).fetchone()
    return int(row[0]) if row else 0
