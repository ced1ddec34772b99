"""Who has reported what of a dataset: per period and key of `expect.per`, the codes that stand in the trusted rows of all publishers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from psycopg import Connection

from contracts.dataset import Dataset
from contracts.periods import period_of
from expectations.lintas.across import Seen
from warehouse.code_columns import code_columns, columns_of, named_pair, place, same_pair
from warehouse.trusted import trusted


@dataclass(frozen=True)
class Group:
    """One period (and key) of a dataset."""

    called: str
    """For a reader: ``Periode 2025``."""
    ends: date | None = None
    codes: frozenset[str] = frozenset()
    newest: Mapping[str, int] = field(default_factory=dict)
    """Publisher -> its highest accept number here."""
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Publisher -> all its accept numbers here."""

    def unseen(self, seen: Callable[[str], int]) -> dict[str, int]:
        """Publisher -> the lowest of its accept numbers that readers do not see yet."""
        late = {who: [no for no in numbers if no > seen(who)] for who, numbers in self.numbers.items()}
        return {who: min(numbers) for who, numbers in late.items() if numbers}


def reported(conn: Connection, dataset: Dataset, seen: Seen) -> list[Group]:
    """The groups of a dataset; one whose period cannot be told has none. A text that means no code reports nothing.

    A batch that only took rows away speaks of their groups as well: what it leaves out is gone once readers see it.
    """
    of, expect = trusted(conn, dataset.id), dataset.contract.expect
    if of is None or expect is None:
        return []
    own = columns_of(conn, of.raw_table)
    code = next((each for each in code_columns(conn, dataset.id) if each.column_name == expect.in_), None)
    by_period = "period" in expect.per
    per = [place(name, own) for name in expect.per if name != "period"]
    time = "r._periode_mulai as mulai, r._periode_akhir as akhir" if by_period else "null::date as mulai, null::date as akhir"
    named = "concat_ws(', ', null" + "".join(f", {text}::text" for text in per) + ") as per"
    with conn.transaction():
        said, join = f"lower(trim({place(expect.in_, own)}::text))", ""
        if code:
            named_pairs = named_pair(code, own)
            conn.execute(
                f"create temp table code_pair on commit drop as select distinct {named_pairs} from ({of.rows()}) r where {place(expect.in_, own)} is not null"
            )
            conn.execute("create temp table code_resolution on commit drop as select * from ops.resolve_codes('code_pair')")
            said, join = "coalesce(x.code, x.own_code)", f"left join code_resolution x on {same_pair(code, 'x', own)}"
        rows = conn.execute(
            f"""with told as (
                       select distinct {time}, {named}, r._penerbit as penerbit, r._from_batch as no, {said} as code, true as stands
                       from ({of.rows()}) r {join}
                       union all select distinct {time}, {named}, r._penerbit, r._to_batch, null, false from ({of.ended(_seen_by_all(conn, dataset, seen))}) r),
                     numbers as (select mulai, akhir, per, penerbit, jsonb_agg(distinct no) as nos from told group by 1, 2, 3, 4),
                     senders as (select mulai, akhir, per, jsonb_object_agg(penerbit, nos) as nos from numbers group by 1, 2, 3)
                select t.mulai, t.akhir, t.per, array_agg(distinct t.code) filter (where t.code is not null), s.nos
                from told t join senders s on (s.mulai, s.akhir, s.per) is not distinct from (t.mulai, t.akhir, t.per)
                group by t.mulai, t.akhir, t.per, s.nos having bool_or(t.stands) order by t.akhir, t.per"""
        ).fetchall()
    grain = dataset.contract.period.grain if dataset.contract.period else "hari"
    return [_group(grain if by_period else None, *row) for row in rows if row[1] is not None or not by_period]


def _seen_by_all(conn: Connection, dataset: Dataset, seen: Seen) -> int:
    """Up to which accept number readers see every publisher."""
    publishers = conn.execute(
        "select distinct penerbit from ops.batch where dataset = %s and accept_no is not null", [dataset.id]
    ).fetchall()
    return min((seen(dataset.id, penerbit) for (penerbit,) in publishers), default=0)


def _group(
    grain: str | None, begins: date | None, ends: date | None, per: str, codes: list[str] | None, numbers: dict[str, list[int]]
) -> Group:
    said = f"Periode {period_of(begins, grain)}" if grain and begins else ""
    called = ", ".join(part for part in (said, per) if part)
    newest = {who: max(every) for who, every in numbers.items()}
    return Group(called, ends, frozenset(codes or ()), newest, {who: sorted(set(every)) for who, every in numbers.items()})
