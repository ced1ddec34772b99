"""Conflicts put straight into the ledger, so that views, commands and minutes are tested without a dbt build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.conftest import Database

REFERENCES = (
    ("komoditas", "beras", "Beras", ""), ("komoditas", "gula", "Gula Pasir", ""), ("wilayah", "61.05.03", "Sepauk", "kecamatan"),
    ("wilayah", "61.05.02", "Tempunak", "kecamatan"), ("indikator", "penduduk", "Jumlah Penduduk", ""),
)  # fmt: skip


@dataclass
class Meja:
    """The table at which agencies sit: conflicts of Sintang, and the day it is."""

    conn: psycopg.Connection

    def conflict(self, day: str, wilayah: str = "61.05.03", komoditas: str = "beras", **figures: str) -> int:
        """Open a conflict over a stock between the agencies named, each with its figure."""
        opened = date.fromisoformat(day)
        objek = f"neraca_pangan|{komoditas}|stok|{wilayah}|bulan:2026-05-01:2026-05-31|"
        (number,) = self.all(
            """insert into ops.conflict (objek, fakta, kode_objek, ukuran, kode_wilayah, grain, mulai, akhir, kode_rincian, satuan, pemda, produsen, status,
                                         tolerance, nilai_terbit, state, opened_on, deadline_days, deadline_on, release_id)
               values (%s, 'neraca_pangan', %s, 'stok', %s, 'bulan', '2026-05-01', '2026-05-31', '', 'ton', '61.05', '61.05/dkp', 'ditahan', 0.01, 40,
                       'terbuka', %s, 7, %s, 1) returning conflict_id""",
            objek, komoditas, wilayah, opened, opened + timedelta(days=7),
        )[0]  # fmt: skip
        self.event(number, day, "dibuka")
        for opd, nilai in figures.items():
            self.report(number, day, opd, nilai)
        return int(number)

    def report(self, number: int, day: str, opd: str, nilai: str) -> None:
        """An agency says this from a day on."""
        self.conn.execute(
            "update ops.conflict_report set until = %s where conflict_id = %s and pelapor = %s and until is null",
            [day, number, f"61.05/{opd}"],
        )
        self.conn.execute(
            "insert into ops.conflict_report values (%s, %s, %s, %s, 0.1, '2026-06-01T23:30:00Z', %s)",
            [number, f"61.05/{opd}", f"sintang.{opd}.stok", nilai, day],
        )

    def event(self, number: int, day: str, event: str, note: str | None = None) -> None:
        """Something happened to a conflict."""
        self.conn.execute(
            "insert into ops.conflict_event (conflict_id, at, day, event, note) values (%s, '2026-06-02', %s, %s, %s)",
            [number, day, event, note],
        )

    def end(self, number: int, day: str) -> None:
        """The agencies agree."""
        self.conn.execute("update ops.conflict set state = 'selesai', closed_on = %s where conflict_id = %s", [day, number])
        self.conn.execute("update ops.conflict_report set until = %s where conflict_id = %s and until is null", [day, number])
        self.event(number, day, "selesai", "Angkanya kini sama.")

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask as the owner."""
        return self.conn.execute(query.encode(), values).fetchall()


@pytest.fixture
def meja(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meja]:
    """Three agencies of Sintang, one of which bears a hostile name; it is 2 June 2026."""
    sources = tmp_path / "sources" / "sintang"
    sources.mkdir(parents=True)
    (sources / "pemda.yml").write_text('kode: "61.05"\nnama: Kabupaten Sintang\ntimezone: Asia/Pontianak\nwalidata: diskominfo\n')
    monkeypatch.setenv("SATUDATA_SOURCES", str(sources.parent))
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-02")
    with database.connect("owner", autocommit=True) as conn:
        conn.execute("insert into ops.pemda values ('61.05', 'Kabupaten Sintang', 'diskominfo')")
        with conn.cursor() as cursor:
            cursor.executemany("insert into ops.reference_item (reference, code, name, level) values (%s, %s, %s, %s)", REFERENCES)
            cursor.executemany(
                "insert into ops.opd (pemda, opd, nama) values ('61.05', %s, %s)",
                [
                    ("dkp", "Dinas Ketahanan Pangan"),
                    ("bulog", "Perum Bulog"),
                    ("lain", "=HYPERLINK(1)<b>&Dinas \u5c71"),
                    ("diskominfo", "Diskominfo"),
                ],
            )
        yield Meja(conn)
