"""Sheets as agencies lay them out for reading, made up: labels written once, units below heads, heads above heads, years as headings."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence

import openpyxl

from tests.satudata.source_new_files import Made

Cell = str | int | None
KECAMATAN = ("Sintang", "Dedai", "Sepauk", "Tempunak")


def sheet(rows: Sequence[Sequence[Cell]], merged: Sequence[str] = ()) -> Callable[[], bytes]:
    def content() -> bytes:
        book, stream = openpyxl.Workbook(), io.BytesIO()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        for cells in merged:
            book.active.merge_cells(cells)
        book.save(stream)
        return stream.getvalue()

    return content


def years_above_sexes() -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Kecamatan", 2023, None, None, 2024, None, None],
        [None, "L", "P", "Jumlah", "L", "P", "Jumlah"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ]
    rows += [[name, 10 * i, 11, 10 * i + 11, 20 * i, 21, 20 * i + 21] for i, name in enumerate(KECAMATAN)]
    return [*rows, ["JUMLAH", 60, 44, 104, 120, 84, 204]]


FILES: dict[str, Made] = {
    "kecamatan once above its villages": Made(
        "desa.xlsx",
        sheet([["Kecamatan", "Desa", "Jiwa"], *([KECAMATAN[i // 2] if i % 2 == 0 else None, f"Desa {i}", 100 + i % 3] for i in range(8))]),
        8,
        {"columns.kode_wilayah": {"from": "Kecamatan", "type": "wilayah", "level": "kecamatan", "within": "61.05", "blank": "above"}},
    ),
    "kecamatan merged beside its villages, two of them alone": Made(
        "desa_gabung.xlsx",
        sheet([
            ["Desa", "Kecamatan", "Jiwa"],
            *([f"Desa {i}", name, 100 + i % 3] for i, name in enumerate(["Sintang", None, None, "Dedai", "Sepauk", "Tempunak"])),
        ], ["B2:B4"]),
        6,
        {"columns.kode_wilayah": {"from": "Kecamatan", "type": "wilayah", "level": "kecamatan", "within": "61.05", "blank": "above"}},
    ),
    "kecamatan once behind its villages, and again on a new page": Made(
        "desa_halaman.csv",
        lambda: ("Desa;Kecamatan;Jiwa\n" + "".join(
            f"Desa {i};{name};{100 + i % 3}\n"
            for i, name in enumerate(["Sintang", "", "", "Sintang", "", "Dedai", "", "Sepauk", "", "", "Tempunak", "", "Kelam Permai", ""])
        )).encode(),
        14,
        {"columns.kode_wilayah": {"from": "Kecamatan", "type": "wilayah", "level": "kecamatan", "within": "61.05", "blank": "above"}},
    ),
    "two measures below each head": Made(
        "panen.xlsx",
        sheet([
            ["Kecamatan", "Padi", None, "Jagung", None],
            [None, "Luas (Ha)", "Produksi (Ton)", "Luas (Ha)", "Produksi (Ton)"],
            *([name, 10 + i, 50 + i, 20 + i, 80 + i] for i, name in enumerate(KECAMATAN)),
        ], ["A1:A2", "B1:C1", "D1:E1"]),
        4,
        {
            "columns.padi_luas": {"from": "Padi > Luas (Ha)", "type": "integer", "unit": "ha"},
            "columns.jagung_produksi": {"from": "Jagung > Produksi (Ton)", "type": "integer", "unit": "ton"},
        },
    ),
    "two measures of each year, without a unit": Made(
        "panen.csv",
        lambda: ("Kecamatan;Luas Panen 2023;Luas Panen 2024;Produksi 2023;Produksi 2024\n"
                 + "".join(f"{name};{10 + i};{20 + i};{30 + i};{40 + i}\n" for i, name in enumerate(KECAMATAN))).encode(),
        4, {"columns.luas_panen_2023": {"from": "Luas Panen 2023", "type": "integer"}},
    ),
    "two measures with their units below": Made(
        "panen_satuan.csv",
        lambda: ("Kecamatan;A_2023;A_2024;B_2023;B_2024\n;(ha);(ha);(ton);(ton)\n"
                 + "".join(f"{name};{10 + i};{20 + i};{30 + i};{40 + i}\n" for i, name in enumerate(KECAMATAN))).encode(),
        4, {"columns.a_2023": {"from": "A_2023", "type": "integer", "unit": "ha"}, "columns.b_2024": {"from": "B_2024", "type": "integer", "unit": "ton"}},
    ),
    "one measure of two kinds in each year": Made(
        "produksi.csv",
        lambda: ("Kecamatan;Produksi Padi (Ton) 2023;Produksi Padi (Ton) 2024;Produksi Jagung (Ton) 2023;Produksi Jagung (Ton) 2024\n"
                 + "".join(f"{name};{10 + i};{20 + i};{30 + i};{40 + i}\n" for i, name in enumerate(KECAMATAN))).encode(),
        16, {"columns.tahun": {"header": "tahun", "type": "period", "format": "YYYY"}},
    ),
    "lists in lists in lists": Made(
        "bersarang.json",
        lambda: json.dumps({"data": {"result": [
            {"tahun": tahun, "isi": {"kecamatan": [{"nama": name, "desa": [{"desa": f"Desa {i}", "jiwa": 10 * i} for i in range(3)]} for name in KECAMATAN]}}
            for tahun in (2023, 2024)
        ]}}).encode(),
        24,
        {
            "records": "data.result.*.isi.kecamatan.*.desa.*", "key": ["tahun", "kode_wilayah", "desa"],
            "columns.kode_wilayah": {"from": "up.nama", "type": "wilayah", "level": "kecamatan", "within": "61.05"},
            "columns.tahun": {"from": "up.up.up.tahun", "type": "period", "format": "YYYY"},
        },
    ),
    "lists of lists in each year": Made(
        "daftar.json",
        lambda: json.dumps([
            {"tahun": tahun, "isi": [[{"kecamatan": name, "jumlah": i}] for i, name in enumerate(KECAMATAN)]} for tahun in (2023, 2024)
        ]).encode(),
        8, {"records": "*.isi.*.*", "key": ["tahun", "kode_wilayah"]},
    ),
    "kecamatan as keys below years as keys": Made(
        "kunci.json",
        lambda: json.dumps({"data": {str(tahun): {name: {"pria": i, "wanita": 2 * i} for i, name in enumerate(KECAMATAN)} for tahun in (2023, 2024)}}).encode(),
        8,
        {
            "records": "data.{tahun}.{rincian}", "columns.tahun": {"type": "period", "format": "YYYY"},
            "period": {"column": "tahun", "grain": "tahun"}, "key": ["tahun", "rincian"],
        },
    ),
    "a list of lists behind its pages": Made(
        "halaman.json",
        lambda: json.dumps({"data": [{"page": 1, "pages": 1, "total": 4}, [{"kecamatan": name, "jumlah": i} for i, name in enumerate(KECAMATAN)]]}).encode(),
        4, {"records": "data.*.*", "key": ["kode_wilayah"]},
    ),
    "year and month once above their rows": Made(
        "harga.xlsx",
        sheet([
            ["Tahun", "Bulan", "Pasar", "Harga"],
            *([2023 + i // 4 if i % 4 == 0 else None, ("Januari", "Februari")[i // 2 % 2] if i % 2 == 0 else None, "AB"[i % 2], 1500 + i]
              for i in range(8)),
        ]),
        8,
        {
            "columns.bulan": {"join": ["Bulan", "Tahun"], "type": "period", "format": "MMMM YYYY", "blank": "above"},
            "period": {"column": "bulan", "grain": "bulan"}, "key": ["bulan", "pasar"],
        },
    ),
    "units below the heads": Made(
        "lahan.csv",
        lambda: b"No;Kecamatan;Luas;Penduduk\n;;(km2);(jiwa)\n1;Sintang;277,05;12.345\n2;Dedai;694,10;8.100\nJumlah;;971,15;20.445\n",
        2,
        {
            "columns.luas": {"from": "Luas", "type": "decimal", "numbers": "id", "unit": "km2"},
            "columns.penduduk": {"from": "Penduduk", "type": "integer", "numbers": "id", "unit": "jiwa"},
        },
    ),
    "years above sexes": Made(
        "siswa.xlsx", sheet(years_above_sexes(), ["A1:A2", "B1:D1", "E1:G1"]), 16,
        {
            "unpivot": {"headers": r"^(?P<tahun>(?:19|20)\d{2}) > (?P<jenis_kelamin>L|P)$", "value": "nilai", "missing": "keep"},
            "ignore": ["2023 > Jumlah", "2024 > Jumlah"],
            "period": {"column": "tahun", "grain": "tahun"}, "key": ["tahun", "kode_wilayah", "jenis_kelamin"],
        },
    ),
    "years above schools above sexes": Made(
        "sekolah.xlsx",
        sheet([
            ["Kecamatan", 2023, None, None, None, 2024, None, None, None],
            [None, "SD", None, "SMP", None, "SD", None, "SMP", None],
            [None, "L", "P", "L", "P", "L", "P", "L", "P"],
            *([name, *range(10 * i, 10 * i + 8)] for i, name in enumerate(KECAMATAN)),
        ], ["A1:A3", "B1:E1", "F1:I1", "B2:C2", "D2:E2", "F2:G2", "H2:I2"]),
        32,
        {
            "columns.kelompok": {"header": "kelompok", "type": "text"}, "columns.tahun": {"header": "tahun", "type": "period", "format": "YYYY"},
            "key": ["tahun", "kode_wilayah", "kelompok", "jenis_kelamin"],
        },
    ),
    "rows that are arrays": Made(
        "ekspor.json",
        lambda: json.dumps({"data": {"fields": [{"id": "kecamatan"}, {"id": "jumlah"}], "rows": [[k, i] for i, k in enumerate(KECAMATAN)]}}).encode(),
        4, {"columns.jumlah": {"type": "integer"}, "key": ["kode_wilayah"]},
    ),
    "points on a map": Made(
        "posyandu.geojson",
        lambda: json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"nama": f"Pos {i}"}, "geometry": {"type": "Point", "coordinates": [111.5 + i, -7.25]}}
            for i in range(4)
        ]}).encode(),
        4,
        {
            "columns.longitude": {"from": "geometry.coordinates", "type": "longitude", "extract": "^\\[([^,]+),", "numbers": "plain"},
            "columns.latitude": {"from": "geometry.coordinates", "type": "latitude", "extract": "^\\[[^,]+, ([^,\\]]+)", "numbers": "plain"},
        },
    ),
    "months below years": Made(
        "kunjungan.xlsx",
        sheet([["Bulan", "Kunjungan"], *([cell, None if isinstance(cell, int) else 400] for cell in (2023, "Januari", "Februari", 2024, "Januari"))]),
        3,
        {
            "columns.bulan": {"join": ["Bulan", "tahun"], "type": "period", "format": "MMMM YYYY"},
            "period": {"column": "bulan", "grain": "bulan"}, "key": ["bulan"],
        },
    ),
}  # fmt: skip
