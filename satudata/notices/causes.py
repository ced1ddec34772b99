"""What there is to tell now: open findings with their rows in quarantine, batches that are held or were returned, sources that do not answer,
data that is late, and metadata that was not handed over.

One cause is one thing somebody has to do, however many rows show it. What is open, whose it is and until when says `quality.temuan`, to
every reader alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

MOST_PLACES = 3


@dataclass(frozen=True)
class Cause:
    """One thing to tell; texts are masked, and as hostile as the files they come from."""

    cause: str
    """Its lasting name; what stands before the last `|` is the same when it comes back."""
    pemda: str
    opd: str
    dataset: str
    title: str
    publisher: str
    rule_id: str
    rule: str
    column_name: str | None
    severity: str
    """Of a finding, `sent_back` where its batch was returned; `held` or `returned` of a batch; `source`, `late` or `metadata` where no batch is to blame."""
    message: str | None
    rows: int
    """In quarantine and open."""
    places: list[str] | None
    file: str | None
    """Name of the file the finding was seen in last."""
    due: date | None
    assigned_to: str | None
    waived_until: date | None
    batch_id: int | None
    since: date | None
    penerbit: str = ""
    """The code of the publisher, as commands take it."""
    by_row: bool = True
    """Does the finding report list rows for it?"""
    covers: tuple[Cause, ...] = ()
    """Findings that a returned batch speaks for: mending it is one thing to do."""

    @property
    def root(self) -> str:
        return root_of(self.cause)

    @property
    def about(self) -> dict[str, Any]:
        """What is kept of it, to be able to say later that it is over."""
        kept = ("dataset", "title", "publisher", "rule_id", "rule", "column_name", "severity", "batch_id")
        return {name: value for name, value in asdict(self).items() if name in kept}

    @property
    def names(self) -> tuple[str, ...]:
        """Its own name, and those of what it speaks for."""
        return (self.cause, *(one.cause for one in self.covers))


def root_of(cause: str) -> str:
    """The name of a cause without how often it came back."""
    return cause.rpartition("|")[0]


def causes(conn: Connection) -> list[Cause]:
    """Everything that is open now, the worst first; reads what is open, never a whole batch."""
    with conn.cursor(row_factory=class_row(Cause)) as cursor:
        return folded(cursor.execute(OPEN.format(most=MOST_PLACES).encode()).fetchall())


def folded(found: Sequence[Cause]) -> list[Cause]:
    """A batch that was returned and the findings for which it was are one cause, not one that is new beside one that is still open."""
    why: dict[int, list[Cause]] = {one.batch_id: [] for one in found if one.severity == "returned" and one.batch_id is not None}
    for one in found:
        if one.severity in ("fail", "hold", "sent_back") and one.batch_id in why:
            why[one.batch_id].append(one)
    spoken_for = {one.cause for covered in why.values() for one in covered}
    return [
        replace(
            one,
            covers=tuple(why[one.batch_id]),
            message=_said(one, why[one.batch_id]),
            by_row=any(each.by_row for each in (one, *why[one.batch_id])),
        )
        if one.severity == "returned" and one.batch_id in why
        else one
        for one in found
        if one.cause not in spoken_for
    ]


def _said(returned: Cause, covers: Sequence[Cause]) -> str | None:
    """That it was returned and why, once, and what was found; each of its findings says both."""
    start = f"{(returned.message or '').rstrip('.')}."
    found = [(one.message or "").removeprefix(start).strip() for one in covers]
    return " ".join(filter(None, [start, *found])) if covers else returned.message


def rows_aside(conn: Connection) -> dict[tuple[str, str], int]:
    """(pemda, opd) -> rows in quarantine, each once, however many rules it breaks."""
    rows = conn.execute(
        """select coalesce(d.pemda, ''), coalesce(d.opd, split_part(b.dataset, '.', 2)), count(*) from ops.quarantined_row q
           join ops.batch b using (batch_id) left join ops.dataset d using (dataset) where q.state = 'open' group by 1, 2"""
    ).fetchall()
    return {(pemda, opd): count for pemda, opd, count in rows}


OPEN = """
with aside as (
  select b.dataset, b.penerbit, r.rule_id, count(*)::bigint as rows, min(q.due) as due, max(q.batch_id) as batch_id,
         min(q.batch_id) as first_batch,
         (array_agg(distinct quality.samarkan(q.lokasi)))[1:{most}] as places
  from ops.quarantined_row q join ops.batch b using (batch_id) cross join unnest(q.rule_ids) as r (rule_id)
  where q.state = 'open' group by 1, 2, 3),
findings as (
  select case when t.temuan_id is null and t.keparahan in ('held', 'returned') then concat_ws('|', 'batch', t.batch_terakhir, t.keparahan)
              when t.temuan_id is null then concat_ws('|', t.aturan, t.dataset, t.penerbit, t.sejak)
              else concat_ws('|', 'temuan', t.dataset, t.penerbit, t.aturan, i.reopened) end as cause,
         t.pemda, t.opd, t.dataset, t.judul as title, t.penerbit, t.penerbit_nama,
         case when t.keparahan in ('held', 'returned') then '' else t.aturan end as rule_id, t.jenis_aturan as rule,
         t.kolom as column_name,
         case when t.temuan_id is not null and t.keparahan in ('fail', 'hold') and l.state = 'returned' then 'sent_back' else t.keparahan end as severity,
         t.pesan as message,
         case when t.keparahan in ('quarantine', 'warn') then coalesce(a.rows, 0) else 0 end as rows, a.places, least(t.tenggat, a.due) as due,
         t.ditugaskan_kepada as assigned_to, t.dikecualikan_sampai as waived_until, t.batch_terakhir as batch_id, t.sejak as since,
         coalesce(a.rows > 0 or i.scope = 'baris', false) as by_row
  from quality.temuan t left join ops.issue i on i.issue_id = t.temuan_id
  left join ops.batch l on l.batch_id = t.batch_terakhir
  left join aside a on a.dataset = t.dataset and a.penerbit = t.penerbit and a.rule_id = t.aturan),
unnamed as (  -- rows whose finding is not open: they are still out
  select case when i.issue_id is null then concat_ws('|', 'baris', a.dataset, a.penerbit, a.rule_id, a.first_batch)
              else concat_ws('|', 'temuan', a.dataset, a.penerbit, a.rule_id, i.reopened) end,
         d.pemda, d.opd, a.dataset, d.title, a.penerbit, w.name, a.rule_id, coalesce(i.rule, split_part(a.rule_id, '.', 1)),
         i.column_name, 'quarantine', null, a.rows, a.places, a.due, null, null::date, a.batch_id, null::date, true
  from aside a left join ops.dataset d using (dataset) left join ops.reference_item w on w.reference = 'wilayah' and w.code = a.penerbit
  left join ops.issue i on i.dataset = a.dataset and i.penerbit = a.penerbit and i.rule_id = a.rule_id
  where i.issue_id is null or i.state = 'selesai')

select cause, coalesce(pemda, '') as pemda, coalesce(opd, split_part(dataset, '.', 2)) as opd, dataset, coalesce(title, dataset) as title,
       coalesce(penerbit_nama, penerbit) as publisher, rule_id, rule, column_name, severity, message, rows, places,
       (select quality.samarkan(min(f.file_name)) from ops.batch_fetch bf join ops.fetch f using (fetch_id) where bf.batch_id = open.batch_id) as file,
       due, assigned_to, waived_until, batch_id, since, penerbit, by_row
from (select * from findings union all select * from unnamed) as open
order by array_position(array['returned', 'sent_back', 'fail', 'hold', 'held', 'source', 'quarantine', 'metadata', 'late', 'warn'], severity),
         due nulls last, dataset, rule_id, penerbit"""
