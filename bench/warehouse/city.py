"""A registry and accepted rows of so many facts, put straight into `raw`, as if loads had brought them; what is measured begins there.

Four facts in five are monthly figures of every desa and kelurahan of five pemda, the rest prices of markets, with some stocks, points and sites.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection

from bench.registry import SOURCES, start_registry
from contracts import clock
from contracts.registry import load_dataset
from warehouse import raw_tables
from warehouse.catalogue import register

PEMDA = {"blitar": "35.72", "kediri": "35.71", "kubu_raya": "61.12", "serang": "36.73", "sintang": "61.05"}
HEAD = 'title: Data acuan {name}\nsource: {{kind: file, url: "https://opd.contoh.go.id/{name}.csv"}}\nwrite: snapshot\n'
ANGKA = """concept: indikator
period: {{column: bulan, grain: bulan}}
key: [kode_wilayah, kode_indikator, kelompok, bulan]
columns:
  kode_wilayah: {{type: wilayah, level: desa_kelurahan, within: "{kode}"}}
  kode_indikator: {{type: code, reference: indikator}}
  kelompok: {{type: text}}
  bulan: {{type: period, format: YYYY-MM}}
  satuan: {{type: unit}}
  nilai: {{type: decimal, unit_from: satuan}}
"""
HARGA = """concept: harga_komoditas
period: {{column: tanggal, grain: hari}}
key: [tanggal, pasar, komoditas, kode_wilayah]
columns:
  komoditas: {{type: code, reference: komoditas}}
  tanggal: {{type: date}}
  kode_wilayah: {{type: wilayah}}
  pasar: {{type: text}}
  harga_rp: {{type: integer, unit: Rp/kg}}
"""
STOK = """concept: neraca_pangan
period: {{column: tanggal, grain: hari}}
key: [kode_wilayah, komoditas, tanggal]
columns:
  kode_wilayah: {{type: wilayah, level: kecamatan, within: "{kode}"}}
  komoditas: {{type: code, reference: komoditas}}
  tanggal: {{type: date}}
  kebutuhan_ton: {{type: decimal, unit: ton}}
  stok_ton: {{type: decimal, unit: ton}}
"""
TITIK = """concept: titik_lokasi
key: [nama, kode_wilayah]
columns:
  nama: {{type: text}}
  jenis: {{value: posyandu, type: text}}
  kode_wilayah: {{type: wilayah, level: desa_kelurahan, within: "{kode}"}}
  lintang: {{type: latitude}}
  bujur: {{type: longitude}}
"""
SITUS = """concept: situs_opd
period: {{column: tanggal, grain: hari}}
key: [opd, tanggal]
columns:
  opd: {{type: text}}
  status: {{type: text}}
  tanggal: {{type: date}}
"""
DESA = """(select code, row_number() over (order by code) as no from ops.reference_item
           where reference = 'wilayah' and level = 'desa_kelurahan' and starts_with(code, %(kode)s)) w"""
INDIKATOR = """(select code, unit, row_number() over (order by code) as no from ops.reference_item
                where reference = 'indikator' and unit in ('orang', 'unit', 'jiwa')
                order by code not in ('penduduk', 'ppks'), code limit 20) i"""


@dataclass(frozen=True)
class Part:
    """One kind of dataset: its contract, and SQL of its rows; `%(n)s` scales it."""

    name: str
    contract: str
    pemda: tuple[str, ...]
    columns: str
    rows: str


PARTS = (
    Part("angka", ANGKA, tuple(PEMDA), "_periode_mulai, _periode_akhir, kode_wilayah, kode_indikator, satuan, nilai, tambahan",
         f"""select m::date, (m + interval '1 month - 1 day')::date, w.code, i.code, i.unit,
                    (w.no * 31 + i.no * 17 + k * 7 + extract(month from m)::integer * 3) %% 997,
                    jsonb_build_object('kelompok', 'k' || k, 'bulan', to_char(m, 'YYYY-MM'))
             from generate_series(date '2026-01-01' - make_interval(months => %(n)s), date '2025-12-01', interval '1 month') m
             cross join generate_series(1, 5) k cross join {INDIKATOR} cross join {DESA}"""),
    Part("harga", HARGA, ("sintang",), "_periode_mulai, _periode_akhir, tanggal, kode_wilayah, komoditas, pasar, harga_rp",
         """select d::date, d::date, d::date, %(kode)s, c.code, 'Pasar ' || p, 9000 + (p * 131 + extract(doy from d)::integer * 7) %% 9000
            from generate_series(date '2026-01-01' - %(n)s * 15, date '2025-12-31', interval '1 day') d cross join generate_series(1, 20) p
            cross join (select code from ops.reference_item where reference = 'komoditas') c"""),
    Part("stok", STOK, ("sintang",), "_periode_mulai, _periode_akhir, tanggal, kode_wilayah, komoditas, kebutuhan_ton, stok_ton, tambahan",
         """select d::date, d::date, d::date, w.code, c.code, 40, (extract(doy from d)::integer * 7 + length(c.code)) %% 80, '{}'::jsonb
            from generate_series(date '2025-12-31' - %(n)s * 7, date '2025-12-31', interval '7 days') d
            cross join (select code from ops.reference_item where reference = 'komoditas' order by code limit 12) c
            cross join (select code from ops.reference_item where reference = 'wilayah' and level = 'kecamatan' and starts_with(code, %(kode)s)) w"""),
    Part("titik", TITIK, ("kediri",), "kode_wilayah, nama, jenis, lintang, bujur",
         f"select w.code, 'Posyandu ' || p, 'posyandu', -7.82 - p / 10000.0, 112.01 + w.no / 10000.0 from generate_series(1, %(n)s) p cross join {DESA}"),
    Part("situs", SITUS, ("serang",), "_periode_mulai, _periode_akhir, opd, status, tambahan",
         """select d::date, d::date, 'Dinas ' || o, case when o %% 5 = 0 then 'tidak aktif' else 'aktif' end, jsonb_build_object('tanggal', d::date)
            from generate_series(1, 40) o cross join generate_series(date '2025-12-01', date '2025-12-31', interval '1 day') d"""),
)  # fmt: skip


def registry(root: Path) -> None:
    """Write the contracts of all parts under `root`, where there are none yet."""
    if root.exists():
        return
    start_registry(root)
    for pemda, kode in PEMDA.items():
        (root / pemda / "acuan").mkdir(parents=True)
        shutil.copy(SOURCES / pemda / "pemda.yml", root / pemda / "pemda.yml")
        for part in PARTS:
            if pemda in part.pemda:
                text = HEAD.format(name=part.name) + part.contract.format(kode=kode)
                (root / pemda / "acuan" / f"{part.name}.yml").write_text(text)


def months(facts: int) -> int:
    """How far back the figures go so that there are about so many facts."""
    return max(2, round(facts * 0.8 / (663 * 20 * 5)))


def accept(conn: Connection, facts: int) -> int:
    """Accept the first batch of every dataset; how many raw rows there are. `conn` is the loader's, in autocommit."""
    return sum(_accept(conn, part, pemda, months(facts)) for part in PARTS for pemda in part.pemda)


def _accept(conn: Connection, part: Part, pemda: str, n: int) -> int:
    dataset = load_dataset(f"{pemda}.acuan.{part.name}")
    with conn.transaction():
        number, no = register(conn, dataset), _draw(conn)
        raw_tables.ensure(conn, dataset)
        values: dict[str, Any] = {"dataset": number, "no": no, "n": n, "kode": PEMDA[pemda], "at": clock.now()}
        rows = conn.execute(
            f"""insert into {dataset.raw_table} (_dataset_id, _penerbit, _from_batch, _row_hash, _lokasi, _fetched_at, {part.columns})
                select %(dataset)s, '', %(no)s, row_number() over (), 'baris', %(at)s, r.* from ({part.rows}) r""",
            values,
        ).rowcount
        _batch(conn, dataset.id, dataset.sha256, rows, no)
    return rows


def change(conn: Connection, share: float, salt: int) -> int:
    """Accept another figure for this share of the rows of every dataset of figures and prices, as a newer version; how many."""
    changed = 0
    for part, column in ((PARTS[0], "nilai"), (PARTS[1], "harga_rp")):
        for pemda in part.pemda:
            changed += _change(conn, f"{pemda}.acuan.{part.name}", part.columns, column, round(1 / share), salt)
    return changed


def _change(conn: Connection, name: str, columns: str, column: str, every: int, salt: int) -> int:
    dataset = load_dataset(name)
    newer = ", ".join(f"{one} + 1" if one == column else one for one in columns.split(", "))
    with conn.transaction():
        number, no = register(conn, dataset), _draw(conn)
        rows = conn.execute(
            f"""with old as (update {dataset.raw_table} set _to_batch = %(no)s
                             where _dataset_id = %(dataset)s and _to_batch is null and _row_hash %% %(every)s = %(salt)s returning *)
                insert into {dataset.raw_table} (_dataset_id, _penerbit, _from_batch, _row_hash, _lokasi, _fetched_at, {columns})
                select _dataset_id, _penerbit, %(no)s, _row_hash, _lokasi, %(at)s, {newer} from old""",
            {"dataset": number, "no": no, "every": every, "salt": salt % every, "at": clock.now()},
        ).rowcount
        _batch(conn, name, dataset.sha256, rows, no)
    return rows


def _draw(conn: Connection) -> int:
    row = conn.execute("select ops.draw_accept_no()").fetchone()
    return int(row[0]) if row else 0


def _batch(conn: Connection, dataset: str, sha256: str, rows: int, no: int) -> None:
    conn.execute(
        """insert into ops.batch (batch_id, dataset, penerbit, content_sha256, contract_sha256, code_version, state, read, fetched, accepted,
           unchanged, quarantined, accept_no, fetched_at, judged_at, dropped)
           values (nextval('ops.batch_no'), %s, '', '', %s, '', 'accepted', %s, %s, %s, 0, 0, %s, %s, %s, %s)""",
        [dataset, sha256, rows, rows, rows, no, clock.now(), clock.now(), json.dumps({})],
    )
