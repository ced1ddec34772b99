"""The benchmark's file: 1M rows of eight columns as an agency writes them, and the same rows clean for the peers.

Made once per size into a cache folder; the rows depend on their number alone. One row in a thousand is wrong in the published copy
(a number with letters, a code that is none, a unit outside the list), and left out of the clean one.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

BULAN = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
SATUAN = ("jiwa", "keluarga", "unit", "ton", "kg", "ha", "km", "persen")
CHUNK = 100_000


def day_text(day: date) -> str:
    """31 Januari 2025."""
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"


def chunk(start: int, rows: int, changed: float = 0.0) -> tuple[pa.Table, pa.Table]:
    """(published, clean) rows start..start+rows; the key is unique by construction; `changed` is the share of rows with another figure."""
    number = np.arange(start, start + rows)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(400)]
    day = number % 400
    kode = [f"61.{a:02d}.{b:02d}" for a, b in zip((number // 400 % 14 + 1).tolist(), (number // 5600 % 90 + 1).tolist(), strict=True)]
    indikator, klasifikasi = number // 504_000 % 50, number % 7
    cents = (number * 7919) % 100_000_000
    if changed:
        cents = np.where(number % round(1 / changed) == 0, cents + 1, cents)
    wrong = number % 1000 == 999
    nilai = [f"{c // 100:,}".replace(",", ".") + f",{c % 100:02d}" for c in cents.tolist()]
    for place in np.flatnonzero(wrong):
        nilai[place] = "12a4"
    names = ("kode_wilayah", "periode", "indikator", "klasifikasi", "nilai", "satuan", "opd", "catatan")
    text = {
        "kode_wilayah": pa.array(kode), "periode": pa.array([day_text(d) for d in days]).take(pa.array(day)),
        "indikator": pa.array([f"ind_{n:03d}" for n in indikator.tolist()]),
        "klasifikasi": pa.array([f"k{n}" for n in klasifikasi.tolist()]), "nilai": pa.array(nilai),
        "satuan": pa.array(SATUAN).take(pa.array(number % 8)), "opd": pa.array([f"dinas_{n:02d}" for n in (number % 40).tolist()]),
        "catatan": pa.array([f"catatan baris {n}" for n in number.tolist()]),
    }  # fmt: skip
    published = pa.table({name: text[name] for name in names})
    clean = published.set_column(1, "periode", pa.array(days).take(pa.array(day)))
    clean = clean.set_column(4, "nilai", pa.array([f"{c // 100}.{c % 100:02d}" for c in cents.tolist()]))
    return published, clean.filter(pa.array(~wrong))


def write_csv(folder: Path, rows: int, changed: float = 0.0) -> tuple[Path, Path]:
    """The published and the clean file of this size, made if absent."""
    name = f"{rows}{f'_{changed}' if changed else ''}"
    paths = folder / f"publik_{name}.csv", folder / f"bersih_{name}.csv"
    if not all(path.exists() for path in paths):
        folder.mkdir(parents=True, exist_ok=True)
        partial = [path.with_suffix(".part") for path in paths]
        first = chunk(0, 1)
        semicolons, commas = pa_csv.WriteOptions(delimiter=";", quoting_style="none"), pa_csv.WriteOptions(quoting_style="none")
        with (
            pa_csv.CSVWriter(partial[0], first[0].schema, write_options=semicolons) as published,
            pa_csv.CSVWriter(partial[1], first[1].schema, write_options=commas) as clean,
        ):
            for start in range(0, rows, CHUNK):
                a, b = chunk(start, min(CHUNK, rows - start), changed)
                published.write(a)
                clean.write(b)
        for part, path in zip(partial, paths, strict=True):
            part.rename(path)
    return paths


def write_json(folder: Path, rows: int) -> Path:
    """The published rows as one JSON document {"data": [...]}."""
    path = folder / f"publik_{rows}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".part").open("w") as out:
            out.write('{"data": [')
            for start in range(0, rows, CHUNK):
                records = chunk(start, min(CHUNK, rows - start))[0].to_pylist()
                out.write((",\n" if start else "") + ",\n".join(json.dumps(record) for record in records))
            out.write("]}")
        path.with_suffix(".part").rename(path)
    return path


def write_xlsx(folder: Path, rows: int) -> Path:
    """The published rows as one sheet."""
    path = folder / f"publik_{rows}.xlsx"
    if not path.exists():
        from openpyxl import Workbook

        folder.mkdir(parents=True, exist_ok=True)
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Data")
        for start in range(0, rows, CHUNK):
            table = chunk(start, min(CHUNK, rows - start))[0]
            if not start:
                sheet.append(table.column_names)
            for record in table.to_pylist():
                sheet.append(list(record.values()))
        book.save(path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int)
    options = parser.parse_args()
    print(*write_csv(options.folder, options.rows))
