"""The life of conflicts between agencies, brought to what a release found: opened, reopened and closed as sets, within the publishing transaction.

`kandidat.rujuk_silang` says what became of each object several agencies speak of, `kandidat.laporan_bersama` what each of them said. A decision that was
made while the transform ran was not seen by it and is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from warehouse.acts import Wrote

AGREED, ALONE, WITHDRAWN = "Angkanya kini sama.", "Tinggal satu OPD yang melaporkan.", "Angkanya ditarik."
DISPUTED = "status in ('kebijakan', 'ditahan', 'diputuskan')"
OBJECT = "objek, fakta, kode_objek, ukuran, kode_wilayah, grain, mulai, akhir, kode_rincian, satuan"


@dataclass(frozen=True)
class Settled:
    """What one release did to the conflicts: their numbers."""

    opened: tuple[int, ...]
    reopened: tuple[int, ...]
    closed: tuple[int, ...]
    moved: tuple[int, ...]
    """Those of which a figure, a source, or what is published changed; what was opened or reopened is among them."""

    @property
    def touched(self) -> tuple[int, ...]:
        """All of them."""
        return tuple(sorted({*self.opened, *self.reopened, *self.closed, *self.moved}))


def settle(conn: Connection, release_id: int, day: date, at: datetime) -> Settled:
    """Bring `ops.conflict` and its reports to the candidate that is being published as `release_id`; within the publishing transaction."""
    given = {"release": release_id, "day": day, "at": at}
    _gather(conn)
    closed = _closed(conn, given)
    opened, reopened = _opened(conn, given), _reopened(conn, given)
    return Settled(opened, reopened, closed, (*_published(conn, given), *_reported(conn, given)))


def rows_left(conn: Connection, numbers: Sequence[int]) -> Wrote:
    """All that the ledger holds of these conflicts, for a record from which it can be brought back; decisions before what names them."""
    objects = [row[0] for row in conn.execute("select objek from ops.conflict where conflict_id = any(%s)", [list(numbers)]).fetchall()]
    decisions = [row[0] for row in conn.execute("select decision_id from ops.decision where objek = any(%s)", [objects]).fetchall()]
    mine = {"conflict_id": list(numbers)}
    return {
        "ops.conflict": mine,
        "ops.conflict_report": mine,
        "ops.decision": {"decision_id": decisions},
        "ops.decision_report": {"decision_id": decisions},
        "ops.conflict_event": mine,
    }


def _gather(conn: Connection) -> None:
    """A figure that was withdrawn is in no dispute any more: nobody reads it, whatever the agencies say."""
    conn.execute(
        f"""create temp table disputed on commit drop as
            select * from kandidat.rujuk_silang where {DISPUTED} and objek not in (select objek from ops.withdrawn_object)"""
    )
    conn.execute("create unique index on disputed (objek); analyze disputed")


def _closed(conn: Connection, given: Mapping[str, Any]) -> tuple[int, ...]:
    """A conflict ends by itself once its agencies agree, one alone is left, or its figure was withdrawn; so does its decision."""
    closed = _numbers(
        conn,
        """update ops.conflict c set state = 'selesai', closed_on = %(day)s, release_id = %(release)s
           where c.state <> 'selesai' and not exists (select from disputed d where d.objek = c.objek) returning c.conflict_id""",
        given,
    )
    told = {**given, "numbers": list(closed), "agreed": AGREED, "alone": ALONE, "withdrawn": WITHDRAWN}
    conn.execute(
        """with gone as (
             select c.conflict_id, c.objek, case when c.objek in (select objek from ops.withdrawn_object) then %(withdrawn)s
                                                 when s.objek is null then %(alone)s else %(agreed)s end as why
             from ops.conflict c left join kandidat.rujuk_silang s using (objek) where c.conflict_id = any(%(numbers)s)),
           ended as (
             update ops.decision d set ended_on = %(day)s, ended_why = g.why
             from gone g join ops.cut_decision s using (objek) where d.decision_id = s.decision_id and d.ended_on is null returning d.objek, d.decision_id)
           insert into ops.conflict_event (conflict_id, at, day, event, note, decision_id)
           select g.conflict_id, %(at)s, %(day)s, 'selesai', g.why, e.decision_id from gone g left join ended e using (objek) order by 1""",
        told,
    )
    return closed


def _published(conn: Connection, given: Mapping[str, Any]) -> tuple[int, ...]:
    """Write on each what is published of it, and the figure that must outlive the published table."""
    return _numbers(
        conn,
        """with now as (
             select d.objek, d.status, d.nilai, d.produsen, d.tolerance, d.satuan, d.deadline_days,
                    case when d.status = 'ditahan' and d.nilai is not null
                         then jsonb_build_object('nilai', d.nilai, 'status_angka', d.status_angka, 'dataset', u.dataset) end as held
             from disputed d left join ops.cut_dataset u on u.dataset_id = d._dataset_id)
           update ops.conflict c
           set status = n.status, nilai_terbit = n.nilai, produsen = n.produsen, tolerance = n.tolerance, satuan = n.satuan,
               last_figure = coalesce(n.held, c.last_figure), release_id = %(release)s
           from now n
           where c.objek = n.objek and c.state <> 'selesai'
             and (c.status, c.nilai_terbit, c.produsen, c.tolerance, c.satuan, c.last_figure)
                 is distinct from (n.status, n.nilai, n.produsen, n.tolerance, n.satuan, coalesce(n.held, c.last_figure))
           returning c.conflict_id""",
        given,
    )


def _opened(conn: Connection, given: Mapping[str, Any]) -> tuple[int, ...]:
    """Numbers follow each other without gaps in the order of the objects' names, whatever was killed in between."""
    return _numbers(
        conn,
        f"""with new as (
             insert into ops.conflict (conflict_id, {OBJECT}, pemda, status, state, opened_on, deadline_days, deadline_on, release_id)
             overriding system value
             select (select coalesce(max(conflict_id), 0) from ops.conflict) + row_number() over (order by d.objek), {OBJECT},
                    split_part(coalesce(d.produsen, f.pelapor), '/', 1), d.status, case when d.decision_id is null then 'terbuka' else 'diputuskan' end,
                    %(day)s, d.deadline_days, %(day)s + d.deadline_days, %(release)s
             from disputed d
             join (select objek, min(pelapor) as pelapor from kandidat.laporan_bersama group by objek) f using (objek)
             where not exists (select from ops.conflict c where c.objek = d.objek and c.state <> 'selesai')
             returning conflict_id, objek)
           insert into ops.conflict_event (conflict_id, at, day, event, decision_id)
           select n.conflict_id, %(at)s, %(day)s, e.event, case e.event when 'diputuskan' then d.decision_id end
           from new n join disputed d using (objek) cross join (values (1, 'dibuka'), (2, 'diputuskan')) e (nth, event)
           where e.nth = 1 or d.decision_id is not null order by n.conflict_id, e.nth
           returning conflict_id""",
        given,
    )


def _reopened(conn: Connection, given: Mapping[str, Any]) -> tuple[int, ...]:
    return _numbers(
        conn,
        """with lapsed as (
             select c.conflict_id, c.objek, s.decision_id, coalesce(w.why, 'Sumber atau angkanya berubah.') as why
             from ops.conflict c join disputed d using (objek) join ops.cut_decision s using (objek)
             join ops.decision still on still.decision_id = s.decision_id and still.ended_on is null
             left join lateral (
               select 'Berubah sejak diputuskan: ' || string_agg(concat(
                 l.pelapor, ' ', coalesce(replace(trim_scale(r.nilai)::text, '.', ','), '(baru)'), ' menjadi ', replace(trim_scale(l.nilai)::text, '.', ',')
               ), '; ' order by l.pelapor) || '.' as why
               from kandidat.laporan_bersama l left join ops.decision_report r on r.decision_id = s.decision_id and r.pelapor = l.pelapor
               where l.objek = c.objek and r.nilai is distinct from l.nilai) w on true
             where c.state = 'diputuskan' and d.decision_id is null),
           ended as (
             update ops.decision d set ended_on = %(day)s, ended_why = l.why from lapsed l where d.decision_id = l.decision_id returning d.decision_id),
           open as (
             update ops.conflict c set state = 'terbuka', reopened = c.reopened + 1, opened_on = %(day)s, deadline_on = %(day)s + c.deadline_days
             from lapsed l where c.conflict_id = l.conflict_id returning c.conflict_id)
           insert into ops.conflict_event (conflict_id, at, day, event, note, decision_id)
           select l.conflict_id, %(at)s, %(day)s, 'dibuka_lagi', l.why, l.decision_id from lapsed l order by 1 returning conflict_id""",
        given,
    )


def _reported(conn: Connection, given: Mapping[str, Any]) -> tuple[int, ...]:
    """The figures of the agencies: those that changed or are reported no more end, the new ones begin."""
    conn.execute(
        """create temp table said on commit drop as
           select c.conflict_id, l.pelapor, u.dataset, l.nilai, l.langkah, l._fetched_at as fetched_at, l.nilai_asal, l.satuan_asal
           from ops.conflict c join kandidat.laporan_bersama l using (objek) join ops.cut_dataset u on u.dataset_id = l._dataset_id
           where c.state <> 'selesai'"""
    )
    same = "(s.conflict_id, s.pelapor, s.dataset, s.nilai, s.langkah, s.fetched_at) = (r.conflict_id, r.pelapor, r.dataset, r.nilai, r.langkah, r.fetched_at)"
    ended = _numbers(
        conn,
        f"""update ops.conflict_report r set until = %(day)s where r.until is null and not exists (select from said s where {same})
            returning r.conflict_id""",
        given,
    )
    # A figure that began this very day has nobody seen yet who could have spoken of it: the new one takes its place.
    begun = _numbers(
        conn,
        f"""insert into ops.conflict_report (conflict_id, pelapor, dataset, nilai, langkah, fetched_at, since, nilai_asal, satuan_asal)
            select conflict_id, pelapor, dataset, nilai, langkah, fetched_at, %(day)s, nilai_asal, satuan_asal from said s
            where not exists (select from ops.conflict_report r where r.until is null and {same})
            on conflict (conflict_id, pelapor, since) do update
              set (dataset, nilai, langkah, fetched_at, nilai_asal, satuan_asal, until)
                = (excluded.dataset, excluded.nilai, excluded.langkah, excluded.fetched_at, excluded.nilai_asal, excluded.satuan_asal, null)
            returning conflict_id""",
        given,
    )
    return (*ended, *begun)


def _numbers(conn: Connection, query: str, given: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(sorted({int(row[0]) for row in conn.execute(query.encode(), given).fetchall()}))
