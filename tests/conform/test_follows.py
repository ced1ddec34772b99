"""A build that follows what has changed comes to what a build of everything comes to, whatever rows came, went, were held or came back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from contracts.errors import BuildFailed
from satudata.conform.build import build
from satudata.releases.check import check
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import harga, penduduk, stok, write_registry
from warehouse.candidate import is_gradual

DAY = date(2026, 6, 2)
COMMODITIES = ("Beras", "Gula Pasir", "Bawang Merah", "Kedelai Impor")
KECAMATAN = [f"61.05.{n:02}" for n in range(1, 8)]
KELURAHAN = [f"36.73.01.10{n:02}" for n in range(1, 9)]


class History:
    """Batches of several agencies about the same objects, drawn from a seed: each replaces what its publisher said before."""

    def __init__(self, gudang: Gudang, seed: int) -> None:
        self.gudang, self.draw = gudang, random.Random(seed)

    def some(self, *publishers: str) -> None:
        for one in publishers:
            dataset, _, penerbit = one.partition("|")
            self.gudang.accept(dataset, list(self._rows(dataset, penerbit)), penerbit)

    def _rows(self, dataset: str, penerbit: str) -> Iterator[dict[str, Any]]:
        fetched = f"2026-06-01T{self.draw.randrange(24):02}:00:00Z"
        for place in [penerbit] if penerbit else KELURAHAN if "penduduk" in dataset else KECAMATAN:
            if "penduduk" in dataset and self.draw.random() < 0.8:
                yield penduduk(place, self.draw.randrange(1, 9))
            if "stok" in dataset:
                yield from (stok(place, self.draw.randrange(9), name, diambil=fetched) for name in COMMODITIES if self.draw.random() < 0.7)
        if "harga" in dataset:
            for name in COMMODITIES:
                for day in ("2026-05-30", "2026-06-01"):
                    if self.draw.random() < 0.7:
                        yield harga(name, self.draw.randrange(9, 12) * 1000, day, diambil=fetched)


@pytest.fixture
def conn(gudang: Gudang) -> Iterator[psycopg.Connection]:
    with gudang.database.connect("transformer", autocommit=True) as conn:
        yield conn


def candidate(conn: psycopg.Connection) -> dict[str, list[str]]:
    """Every row of every fact and mart of the candidate, and of the reports they are made of."""
    tables = conn.execute(
        "select tablename from pg_tables where schemaname = 'kandidat' and tablename !~ 'berubah|ubahan' order by 1"
    ).fetchall()
    return {name: [row for (row,) in conn.execute(f"select to_jsonb(t)::text from kandidat.{name} t order by 1")] for (name,) in tables}


def stands_as_built_anew(conn: psycopg.Connection) -> None:
    """What was followed equals what is built from nothing, and something was followed at all."""
    assert is_gradual(conn)
    followed = candidate(conn)
    build()
    anew = candidate(conn)
    assert followed.keys() == anew.keys()
    for name, rows in anew.items():
        assert followed[name] == rows, name
    assert all(anew[name] for name in ("fct_harga_komoditas", "fct_neraca_pangan", "fct_indikator", "rujuk_silang"))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_following_equals_building_everything(gudang: Gudang, conn: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that change, vanish, come from a further agency, fall behind a pin or return from it, and a build that broke on the way."""
    write_registry(gudang)
    history = History(gudang, 20260602)
    history.some("sintang.dkp.stok", "sintang.bulog.stok", "sintang.kecamatan.stok|61.05.01", "sintang.kecamatan.stok|61.05.02")
    history.some("sintang.disdagin.harga", "sintang.dkp.harga", "serang.bps.penduduk", "serang.disdukcapil.penduduk")
    transform(DAY)
    assert not is_gradual(conn)

    history.some("sintang.bulog.stok", "sintang.kecamatan.stok|61.05.02", "sintang.disdagin.harga", "serang.disdukcapil.penduduk")
    history.some("sintang.bulog.stok", "sintang.kecamatan.stok|61.05.03")  # twice between two builds, and a publisher that is new
    transform(DAY)
    stands_as_built_anew(conn)

    # A publisher falls back behind a pin, another one's build breaks after its reports were taken in, and more comes before the next.
    conn.execute(
        "insert into ops.pin (dataset, penerbit, kind, up_to_no, reason, since) select dataset, penerbit, 'batch', min(accept_no), 'x', max(judged_at)"
        " from ops.batch where dataset = 'sintang.bulog.stok' group by 1, 2"
    )
    history.some("sintang.dkp.stok", "serang.bps.penduduk")
    with gudang.database.connect("owner") as owner:
        owner.execute("alter table kandidat.fct_neraca_pangan add constraint rusak check (nilai_ton is null) not valid")
    with pytest.raises(BuildFailed):
        transform(DAY)
    with gudang.database.connect("owner") as owner:
        owner.execute("alter table kandidat.fct_neraca_pangan drop constraint rusak")
    history.some("sintang.dkp.stok", "sintang.dkp.harga")
    transform(DAY)
    stands_as_built_anew(conn)

    conn.execute("delete from ops.pin where dataset = 'sintang.bulog.stok'")
    transform(DAY)
    stands_as_built_anew(conn)
    _what_following_missed_is_found_at_night(conn)


def _what_following_missed_is_found_at_night(conn: psycopg.Connection) -> None:
    """A figure that went wrong in the candidate and was published so stands in both; built from accepted rows it differs, and the next release mends it."""
    history = "select (to_jsonb(t) - 'diperbarui_pada')::text from mart.fct_neraca_pangan t order by 1"
    before = conn.execute(history).fetchall()
    for schema in ("kandidat", "mart"):
        conn.execute(f"update {schema}.fct_neraca_pangan set nilai_ton = nilai_ton + 5 where status_rekonsiliasi = 'tunggal'")
    assert any(one["differing"] for one in check(anew=True))
    transform(DAY)
    assert conn.execute(history).fetchall() == before
    assert not any(one["differing"] for one in check(anew=True))
    assert conn.execute("select count(*) from ops.published_table where source_oid is null").fetchone() == (0,)
