"""A pemda's figures of a year as SIPD e-Walidata takes them: kodeindikator (DSSD), kodepemda, tahun, data.

Only what is published, about the pemda as a whole and not broken down: nothing is added up here that its Produsen has not said. The DSSD code of an
indicator stands in the pemda's daftar_data.yml (`kode_dssd` of the item with the indicator's code); an indicator may be a DSSD code itself.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal

from contracts.errors import WrongUsage
from satudata.session import warehouse

COLUMNS = ("kodeindikator", "kodepemda", "tahun", "data")
FIGURES = """
select distinct on (i.kode_indikator) i.kode_indikator, i.nama_indikator, f.nilai, f.satuan,
       coalesce(d.kode_dssd, case when i.kode_indikator ~ '^\\d\\.\\d{{2}}\\.\\d{{6}}$' then i.kode_indikator end) as kode_dssd
from {figures} f
join mart.dim_indikator i using (indikator_key)
join mart.dim_wilayah w using (wilayah_key)
left join ops.data_item d on d.pemda = w.kode_wilayah and d.item = i.kode_indikator
where w.kode_wilayah = %(pemda)s and f.adalah_total and f.nilai is not null
  and f.periode_akhir between make_date(%(tahun)s, 1, 1) and make_date(%(tahun)s, 12, 31)
order by i.kode_indikator, f.periode_akhir desc, f.periode_mulai, f.periode_key"""
"""The last figure of the year; of two that end on one day, that of the longer period."""


@dataclass(frozen=True)
class Figure:
    """One published figure of the pemda."""

    kode_indikator: str
    nama_indikator: str
    nilai: Decimal
    satuan: str | None
    kode_dssd: str | None


@dataclass(frozen=True)
class Export:
    """What goes to e-Walidata, and what cannot as long as nobody has said its code."""

    pemda: str
    tahun: int
    rows: tuple[Figure, ...]
    without_code: tuple[Figure, ...]

    @property
    def records(self) -> list[dict[str, str]]:
        """The rows with the names and the spelling that the service knows: everything is text, a point before decimals."""
        return [
            dict(zip(COLUMNS, (str(one.kode_dssd), self.pemda, str(self.tahun), f"{one.nilai.normalize():f}"), strict=True))
            for one in self.rows
        ]

    def as_json(self) -> str:
        """The body of one delivery."""
        return json.dumps({"data": self.records}, ensure_ascii=False)

    def as_csv(self) -> str:
        """The same as a sheet."""
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.records)
        return text.getvalue()


def ewalidata(pemda: str, tahun: int) -> Export:
    """The newest published figure of each indicator of a pemda in a year. Raises: `WrongUsage` for a pemda nobody publishes; `WarehouseUnreachable`."""
    with warehouse("steward") as conn:
        known = [code for (code,) in conn.execute("select pemda from ops.pemda order by 1").fetchall()]
        if pemda not in known:
            raise WrongUsage(f"Tidak ada pemda berkode {pemda}", f"Yang ada: {', '.join(known) or '-'}")
        (figures,) = conn.execute("select ops.tabel_terbit(ops.newest_table('fct_indikator'))::text").fetchone() or (None,)
        if figures is None:
            raise WrongUsage("Belum ada rilis", "Terbitkan dahulu dengan `satudata release publish`")
        query = FIGURES.format(figures=figures).encode()
        found = [Figure(*row) for row in conn.execute(query, {"pemda": pemda, "tahun": tahun}).fetchall()]
    rows = sorted((one for one in found if one.kode_dssd), key=lambda one: str(one.kode_dssd))
    return Export(pemda, tahun, tuple(rows), tuple(one for one in found if not one.kode_dssd))
