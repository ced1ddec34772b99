"""The real files that are replayed, with what their columns are. Their names and headers stand here and in contracts/ alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

from bench.corruption.delimited import read_delimited
from bench.corruption.document import Cell, Document, Roles, Row
from bench.corruption.json_shapes import read_cube, read_leaves, read_records
from bench.corruption.workbook import read_table, read_wide, saved
from bench.quality.replay import Series, Slice, by

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKS = ("I", "II", "III", "IV", "V")
DAY_HEADER = r"^\d\d/ \d\d/ \d{4}$"


def cell(column: str) -> Callable[[list[str], Row], str]:
    """The text of a column."""
    return lambda header, row: str(row.cells[header.index(column)])


def week(column: str, form: str) -> Callable[[list[str], Row], date]:
    """The Sunday of the row's day."""

    def day(header: list[str], row: Row) -> date:
        found = datetime.strptime(cell(column)(header, row), form).date()
        return found + timedelta(days=6 - found.weekday())

    return day


def month(column: str, form: str) -> Callable[[list[str], Row], date]:
    """The last day of the row's month."""

    def day(header: list[str], row: Row) -> date:
        found = datetime.strptime(cell(column)(header, row), form).date()
        return (found.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    return day


def year(column: str) -> Callable[[list[str], Row], date]:
    """The last day of the row's year."""
    return lambda header, row: date(int(float(cell(column)(header, row))), 12, 31)


def spoken_day(column: str) -> Callable[[list[str], Row], date]:
    """31 Januari 2025."""

    def day(header: list[str], row: Row) -> date:
        number, name, of = cell(column)(header, row).split()
        return date(int(of), MONTHS.index(name) + 1, int(number))

    return day


def iso_day(column: str) -> Callable[[list[str], Row], date]:
    """2026-01-20."""
    return lambda header, row: date.fromisoformat(cell(column)(header, row))


def fixed_where(column: str, pattern: str) -> Callable[[list[str], Row], bool]:
    """Rows whose cell matches are no records."""
    return lambda header, row: re.search(pattern, cell(column)(header, row)) is not None


def roles(**known: object) -> Callable[[Document], Roles]:
    """The same roles whatever the file."""
    return lambda _: Roles(**known)  # type: ignore[arg-type]


def week_columns(data: bytes) -> Iterable[Slice]:
    """A grid with a column for each week of a month: one file per week, the columns before it in each."""
    whole = read_table(data, sheet="Semua Komoditas")
    kept = [number for number, name in enumerate(whole.header) if not re.search(r"\([IV]+\)$", name)]
    found = []
    for number, name in enumerate(whole.header):
        if match := re.match(r"^([A-Z][a-z]{2}) (\d{4}) \(([IV]+)\)$", name):
            day = date(int(match[2]), SHORT.index(match[1]) + 1, 1) + timedelta(days=7 * WEEKS.index(match[3]) + 6)
            rows: list[list[Cell]] = [
                [*(whole.header[n] for n in kept), name],
                *([row.cells[n] for n in kept] + [row.cells[number]] for row in whole.rows),
            ]
            found.append(Slice(day, saved("Semua Komoditas", rows)))
    return sorted(found, key=lambda one: one.day)


def whole_file(day: date) -> Callable[[bytes], list[Slice]]:
    """A file that cannot be cut by time."""
    return lambda data: [Slice(day, data)]


def daily_files(data: bytes) -> list[Slice]:
    """Files of a folder, given as a JSON list of their contents."""
    return [Slice(date.fromisoformat(one["date"]), json.dumps(one, ensure_ascii=False).encode()) for one in json.loads(data)]


commas, semicolons = read_delimited, partial(read_delimited, delimiter=";")
stock = partial(read_delimited, delimiter=";", header_at=1)
wide = partial(read_wide, pattern=DAY_HEADER, names=("day", "figure"))
POOR = roles(
    figure="jumlah_penduduk_miskin", decimals=True, texts=["nama_kabupaten_kota"], region="kode_kabupaten_kota", codes=True,
    day="tahun", day_format="%Y", category="satuan", identity=["kode_kabupaten_kota", "tahun"],
)  # fmt: skip
PEOPLE = roles(
    figure="jumlah penduduk", texts=["desa kelurahan"], parts=["jumlah pria", "jumlah wanita"], identity=["desa kelurahan"],
)  # fmt: skip

SERIES = (
    Series("produsen_mingguan", "siskaperbapo_produsen_2016_2026.json", "json", read_cube,
           roles(figure="figure", texts=["market"], day="day", category="commodity", identity=["commodity", "market", "day"]),
           by(read_cube, week("day", "%Y-%m-%d")), most=200, joined=10),
    Series("produsen_harian", "siskaperbapo_harian_2018_04", "json", read_leaves,
           roles(figure="figure", texts=["commodity"], category="commodity", identity=["commodity", "market"]), daily_files),
    Series("telur_pasar", "pihps_telur_pasar_jabar.csv", "csv", semicolons,
           roles(figure="Harga (Rp)", missing="-", texts=["Pasar", "Komoditas"], region="Kota / Kelurahan", day="Tanggal", day_format="%d/%m/%Y",
                 identity=["Kota / Kelurahan", "Pasar", "Tanggal"]), by(semicolons, week("Tanggal", "%d/%m/%Y")), most=120, joined=12),
    Series("harga_daerah", "pihps_harga_daerah_lebar.xlsx", "xlsx", wide,
           roles(figure="figure", missing="-", numbers="en", day="day", day_format="%d/ %m/ %Y", identity=["day"]), by(wide, month("day", "%d/ %m/ %Y"))),
    Series("harga_mingguan", "pihps_grid_mingguan.xlsx", "xlsx", read_table,
           lambda found: Roles(figure=found.header[-1], numbers="en", missing="", texts=["Komoditas"], region="name", identity=["Komoditas", "name"]),
           week_columns, fixed=fixed_where("level", "^[01]$")),
    Series("panel_harga", "panelharga_data_pangan.xlsx", "xlsx", read_table,
           roles(figure="Harga", numbers="id", texts=["Komoditas"], region="Provinsi", day="Tanggal", identity=["Tanggal", "Komoditas", "Provinsi"],
                 category="Komoditas"), by(read_table, iso_day("Tanggal")), fixed=fixed_where("Provinsi", r"^(Nasional|Zona \d)$")),
    Series("penduduk_miskin_2021", "jabar_penduduk_miskin_2021.csv", "csv", commas, POOR, by(commas, year("tahun"))),
    Series("penduduk_miskin_2023", "jabar_penduduk_miskin_2023.csv", "csv", commas, POOR, by(commas, year("tahun")), hurt=False),
    Series("penduduk_jenis_kelamin", "jabar_penduduk_jenis_kelamin.csv", "csv", commas,
           roles(figure="jumlah_penduduk", texts=["nama_kabupaten_kota"], region="kode_kabupaten_kota", codes=True, day="tahun", day_format="%Y",
                 category="jenis_kelamin", identity=["kode_kabupaten_kota", "jenis_kelamin", "tahun"]), by(commas, year("tahun"))),
    Series("cadangan_pangan", "bapanas_cadangan_pangan.csv", "csv", stock,
           roles(figure="CPPD_Ton", numbers="id", decimals=True, texts=["Wilayah"], region="Kode_Wilayah", codes=True,
                 identity=["Kode_Wilayah", "Bulan"]), by(stock, spoken_day("Bulan"))),
    Series("pencemaran_air", "jabar_desa_pencemaran_air.csv", "csv", commas,
           roles(texts=["kemendagri_nama_desa_kelurahan"], region="kemendagri_kode_desa_kelurahan", codes=True, category="status_pencemaran_air",
                 identity=["kemendagri_kode_desa_kelurahan", "tahun"]), by(commas, year("tahun"))),
    Series("pos_pemadam", "jakarta_pos_pemadam_2013.csv", "csv", commas,
           roles(texts=["nama_pos_pemadam", "kecamatan"], latitude="latitude", longitude="longitude", identity=["nama_pos_pemadam", "alamat"]),
           whole_file(date(2013, 12, 31))),
    Series("penduduk_2019", "pesisirbarat_penduduk_2019_sem1.json", "json", read_records, PEOPLE, whole_file(date(2019, 12, 31)),
           fixed=fixed_where("desa kelurahan", "^JUMLAH$")),
    Series("penduduk_2021", "pesisirbarat_penduduk_2021_sem1.json", "json", read_records, PEOPLE, whole_file(date(2021, 12, 31)),
           fixed=fixed_where("desa kelurahan", r"^(KEC\.|PESISIR BARAT)")),
    Series("dtks", "bandarlampung_dinsos_dtks_2023.xlsx", "xlsx", partial(read_table, header_at=4), roles(identity=["KECAMATAN"]),
           whole_file(date(2023, 12, 31)), hurt=False),
)  # fmt: skip
"""Two files are replayed in part (`most`): the weeks that follow say nothing new about a clean batch, and each takes a run.
The second release of the poor is replayed and not damaged: it repeats the first."""
