"""Totals among the classes they sum: `Total Izin` beside the kinds of permits of one kecamatan and month, where no rule of the contract looks for it.

Their label may be a name, so their figures are asked: among the rows that share all other columns of the key it states the sum of the others, in
every figure, wherever it stands and they are known. Loaded, such rows double every sum. Where a label of that kind stands in the batch they are
written beside the staging table, `staging_load.t_<n>(kolom, _no)`, for a rule to read; a batch without one costs a look at its texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import Connection

from expectations.rules.implied import figures_of
from expectations.rules.sql import literal, quote, uncastable
from extractors.table.open_labels import is_untold, open_columns

if TYPE_CHECKING:
    from expectations.rules.judged import Judged

FEWEST = 2
"""Rows that are a sum of something: a row that equals another one is just equal."""
HINT = (
    "^[^[:alnum:]]*(sub|grand|jumlah|total|jml|jmlh|jlh|semua|seluruh|keseluruhan"
    "|(l(aki)?([- ]?laki)?|p(erempuan)?|pria|wanita)( ?[+/&,] ?| dan )[lpw])|[+]"
)
"""How a label that `ops.jumlah_kelas` knows looks: the cheaper question."""
MOST_TEXTS = 50_000
"""A column with more different ones names things, not classes of them."""


@dataclass(frozen=True)
class TotalsAmong:
    """Where such rows are named, and the columns of their labels."""

    table: str
    columns: tuple[str, ...]


def totals_among(conn: Connection, judged: Judged) -> TotalsAmong | None:
    """Such rows of a batch; None where there are none. `conn` is in autocommit.

    Of a batch of which a few rows are left to be judged again they were written while it was whole, and are taken as they stand.
    """
    table = judged.table.replace(".b_", ".t_")
    if conn.execute("select to_regclass(%s)", [table]).fetchone() == (None,):
        labels = _labels(conn, judged)
        if not labels:
            return None
        rows = " union all ".join(_totals(judged, name, texts) for name, texts in labels.items())
        conn.execute(f"create unlogged table {table} as {rows}".encode())
    found = conn.execute(f"select distinct kolom from {table} join {judged.table} using (_no) order by 1".encode()).fetchall()
    return TotalsAmong(table, tuple(name for (name,) in found)) if found else None


def _labels(conn: Connection, judged: Judged) -> dict[str, list[str]]:
    """By column the texts that are labels of totals, and of which the contract says nothing."""
    contract = judged.contract
    columns = [name for name in open_columns(contract) if not contract.columns[name].pribadi]
    if not columns or not figures_of(contract):
        return {}
    found = {name: _known(conn, judged.table, name) for name in columns}
    untold = {name: [text for text in these if is_untold(contract, name, text)] for name, these in found.items()}
    return {name: these for name, these in untold.items() if these}


def _known(conn: Connection, table: str, name: str) -> list[str]:
    """The different texts of a column that are labels of totals."""
    texts = f"select distinct {quote(name)} as t from {table} limit {MOST_TEXTS + 1}"
    hinted = f"select array_agg(t) filter (where t ~* {literal(HINT)}) from ({texts}) x having count(*) <= {MOST_TEXTS}"
    rows = conn.execute(f"select t from unnest(({hinted})) t where ops.jumlah_kelas(t) is not null order by 1".encode()).fetchall()
    return [text for (text,) in rows]


def _totals(judged: Judged, name: str, labels: list[str]) -> str:
    """SQL: (kolom, _no) of the rows whose label is a total of the others; the others are the rows without such a label, or all but the row itself.

    Groups of which a figure cannot be read, or in which a label stands twice and says two things, prove nothing; nor does a row that stands alone.
    """
    others = [key for key in judged.contract.key if key != name]
    figures = figures_of(judged.contract)
    group = ", ".join(f"_g{n}" for n in range(len(others)))
    by, matched = (f"group by {group}", f"join kelompok using ({group})") if others else ("", "cross join kelompok")
    every = range(len(figures))
    present = " and ".join(f"{quote(key)} is not null" for key in judged.contract.key)
    picked = ", ".join(
        [*(f"{quote(key)} as _g{n}" for n, key in enumerate(others)), *(f"{quote(figure)} as _m{n}" for n, figure in enumerate(figures))]
    )
    sums = ", ".join(f"coalesce(sum(_m{n}) filter (where not _jumlah), 0) as _p{n}, coalesce(sum(_m{n}), 0) as _s{n}" for n in every)
    same = " and ".join([f"b.{quote(name)} = n._label", *(f"b.{quote(key)} = n._g{n}" for n, key in enumerate(others))])
    return f"""
        (with sel as materialized (
           select distinct {quote(name)} as _label, {picked}, {quote(name)} in ({", ".join(map(literal, labels))}) as _jumlah,
                  coalesce({" or ".join(map(uncastable, figures))}, false) as _rusak
           from {judged.table} where {present}),
         kelompok as (
           select {f"{group}, " if others else ""}count(*) as _semua, count(*) filter (where not _jumlah) as _rinci,
                  bool_or(_rusak) or count(*) <> count(distinct _label) as _gelap, {sums}
           from sel {by} having bool_or(_jumlah)),
         nilai as (
           select sel.*, _semua, _rinci, not _gelap and ({" or ".join(f"_m{n} is not null" for n in every)}) as _pasti,
                  ({" or ".join(f"coalesce(_m{n} <> 0, false)" for n in every)}) as _isi,
                  {" and ".join(f"coalesce(_m{n} = _p{n}, true)" for n in every)} as _cocok_rinci,
                  {" and ".join(f"coalesce(_m{n} = _s{n} - _m{n}, true)" for n in every)} as _cocok_semua
           from sel {matched} where _jumlah),
         jumlah as (
           select _label from nilai where _pasti group by 1
           having (bool_and(_cocok_rinci) filter (where _rinci > 0) and bool_or(_cocok_rinci and _isi and _rinci >= {FEWEST}))
               or (bool_and(_cocok_semua) filter (where _semua > 1) and bool_or(_cocok_semua and _isi and _semua > {FEWEST})))
         select distinct {literal(name)} as kolom, b._no
         from {judged.table} b join (select n.* from nilai n join jumlah using (_label) where _semua > 1) n on {same})"""
