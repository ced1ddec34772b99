"""Files of the kinds that agencies publish, made up, each with what a guessed contract must say about it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


@dataclass(frozen=True)
class Made:
    """A file and what must be seen of it; a key ``columns.x`` is a whole column."""

    name: str
    content: Callable[[], bytes]
    rows: int
    contract: dict[str, Any] = field(default_factory=dict)


def titled_csv() -> bytes:
    rows = [
        "1;Pasar Besar;Kec. Mojoroto;1.250,50;12/03/2025", "2;Pasar Kecil;Kec. Kota;980,00;13/03/2025",
        "3;Pasar “Baru”;Kec. Pesantren;2.100,25;14/03/2025", ";JUMLAH;;4.330,75;",
    ]  # fmt: skip
    head = ["Data Retribusi Pasar – Tahun 2025", "", "No;Nama Pasar;Kecamatan;Retribusi (Rp);Tanggal"]
    return "\r\n".join([*head, *rows, ""]).encode("cp1252")


def merged_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    head: list[list[str | None]] = [
        ["DATA PENDUDUK MENURUT KECAMATAN"],
        ["TAHUN 2024"],
        [],
        ["No", "Kecamatan", "Penduduk", None, None, "Keterangan"],
    ]
    for titles in head:
        sheet.append(titles)
    sheet.append([None, None, "Laki-laki", "Perempuan", "Jumlah"])
    for merged in ("A1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:E4", "F4:F5"):
        sheet.merge_cells(merged)
    figures = [("Sintang", 100, 120), ("Dedai", 90, 95), ("Sepauk", 70, 60), ("Tempunak", 55, 44)]
    for number, (name, men, women) in enumerate(figures, 1):
        sheet.append([number, name, men, women, men + women, "-"])
    for row in (["JUMLAH", None, 315, 319, 634], [], ["Sumber: Dinas Contoh"]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def page() -> bytes:
    prices = [("Beras Medium", 13500), ("Gula Pasir", 17900), ("Telur Ayam Ras", 29700), ("Bawang Merah", 41400)]
    cells = "".join(
        f"<tr><td>{i}</td><td>{name}</td><td>kg</td><td>Rp {price // 1000}.{price % 1000:03}</td></tr>"
        for i, (name, price) in enumerate(prices, 1)
    )
    head = "<thead><tr><th>No</th><th>Komoditas</th><th>Satuan</th><th>Harga Hari Ini</th></tr></thead>"
    menu = "<table><tr><td>beranda</td><td>masuk</td></tr></table>"
    return f"<!doctype html><html><body>{menu}<h2>Harga Bahan Pokok 3 Juni 2025</h2><table>{head}<tbody>{cells}</tbody></table></body></html>".encode()


def api() -> bytes:
    items = [
        {"id": f"{i}a", "nama": f"Posyandu {i}", "kecamatan": {"kode": f"35.71.0{i % 3 + 1}", "nama": "x"}, "balita": i * 10, "tag": ["a"],
         "tanggal_update": f"2025-01-0{i}T10:00:00Z"} for i in range(1, 5)
    ]  # fmt: skip
    return json.dumps({"status": 200, "data": {"total": 4, "page": 1, "items": items}}).encode()


def page_as_xls() -> bytes:
    rows = "".join(
        f"<tr><td>{i}</td><td>{k}</td><td>{a}</td><td>{b}</td></tr>"
        for i, k, a, b in ((1, "IMB", 10, 2), (2, "SIUP", 14, 3), (3, "TDP", 9, 1))
    )
    head = "<tr><th>No</th><th>Jenis Izin</th><th>Baru</th><th>Perpanjangan</th></tr>"
    title, total = "<tr><th colspan=4>REKAP IZIN TERBIT TAHUN 2024</th></tr>", "<tr><td colspan=2>TOTAL</td><td>33</td><td>6</td></tr>"
    return f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table border=1>{title}{head}{rows}{total}</table></body></html>'.encode()


def months_across() -> bytes:
    document, table = OpenDocumentSpreadsheet(), Table(name="Lembar1")
    rows: list[list[object]] = [
        ["Kejadian Kebakaran per Bulan"], ["Kelurahan", "Januari", "Februari", "Maret", "Tahun"],
        ["Dandangan", 1.0, 0.0, 2.0, 2025.0], ["Ngadirejo", 0.0, 3.0, 1.0, 2025.0], ["Pakelan", 2.0, 2.0, 2.0, 2025.0],
    ]  # fmt: skip
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="float", value=value) if isinstance(value, float) else TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def persons() -> bytes:
    lines = [f"Warga {i}\t35710{i}15087{i}0003\t0812345678{i}0\tJl. Melati {i}\t1,500,000\t1{i}/02/2025" for i in range(1, 7)]
    return "\n".join(["nama\tnik\tno_hp\talamat\tbantuan_rp\ttgl_terima", *lines, ""]).encode()


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Faskes")
    rows: list[list[str | float]] = [
        ["Daftar Puskesmas"],
        [],
        ["Kode", "Nama", "Lat", "Long"],
        ["P001", "Puskesmas A", -7.81, 112.01],
        ["P002", "Puskesmas B", -7.82, 112.02],
    ]
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            sheet.write(i, j, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def months_and_years() -> bytes:
    lines = [f"{month},2024,61.05.0{k},{k * month}.5" for month in (1, 2, 3) for k in (1, 2, 3)]
    return "\n".join(["bulan,tahun,kode_kecamatan,luas_ha", *lines, ""]).encode()


def months_with_total() -> bytes:
    return b"Komoditas;Jan-24;Feb-24;Mar-24;Jumlah\nPadi;1.000;1.100;1.200;3.300\nJagung;500;600;700;1.800\n"


def marked_years() -> bytes:
    lines = ["Jumlah Penduduk;Jiwa;523.114;528.220;531.001;540.233", "Penduduk Miskin;Persen;5.09;4.98;4.77;4.60"]
    return "\n".join(["Uraian;Satuan;2021;2022;2023;2024*", *lines, ""]).encode()


def two_years() -> bytes:
    return b"Uraian;2022*;2023**\nSekolah;12.114;523.220\nGuru;1.300;2.400\n"


def series_in_series() -> bytes:
    towns = [
        {"kota": {"nama": name}, "harga": [{"tgl": f"2025-01-0{day}", "nilai": 1000 + day} for day in (1, 2)]}
        for name in ("Kediri", "Blitar")
    ]
    return json.dumps({"data": towns}).encode()


FILES: dict[str, Made] = {
    "csv": Made("retribusi.csv", titled_csv, 3, {
        "title": "Data Retribusi Pasar – Tahun 2025",
        "rows": [{"is": "total", "where": {"Nama Pasar": "^JUMLAH$"}, "of": ["retribusi"]}],
        "columns.retribusi": {"from": "Retribusi (Rp)", "type": "decimal", "numbers": "id", "unit": "Rp"},
        "columns.kode_wilayah": {"from": "Kecamatan", "type": "wilayah", "level": "kecamatan", "within": "35.71"},
        "period": {"column": "tanggal", "grain": "hari"}, "ignore": ["No"],
    }),
    "xlsx": Made("penduduk.xlsx", merged_workbook, 4, {
        "table": {"header_rows": "2", "ends_at": "blank_row"},
        "rows": [{"is": "total", "where": {"No": "^JUMLAH$"}, "of": ["penduduk_laki_laki", "penduduk_perempuan", "penduduk_jumlah"]}],
        "period": {"column": "tahun", "grain": "tahun"}, "key": ["tahun", "kode_wilayah"],
    }),
    "html": Made("harga.html", page, 4, {
        "columns.harga_hari_ini": {"from": "Harga Hari Ini", "type": "integer", "numbers": "id", "unit_from": "satuan"},
        "columns.komoditas": {"from": "Komoditas", "type": "code", "reference": "komoditas"}, "key": ["tanggal", "komoditas"],
    }),
    "api": Made("posyandu.json", api, 4, {
        "columns.kode_wilayah": {"from": "kecamatan.kode", "type": "wilayah", "system": "kemendagri", "level": "kecamatan"},
        "columns.tanggal_update": {"type": "timestamp"}, "key": ["id"], "extra": "ignore",
    }),
    "page as xls": Made("izin.xls", page_as_xls, 3, {"rows": [{"is": "total", "where": {"No": "^TOTAL$"}, "of": ["baru", "perpanjangan"]}]}),
    "ods": Made("kebakaran.ods", months_across, 9, {
        "columns.bulan": {"join": ["nama_bulan", "Tahun"], "type": "period", "format": "MMMM YYYY"},
        "period": {"column": "bulan", "grain": "bulan"}, "key": ["bulan", "kode_wilayah"],
    }),
    "tsv": Made("bantuan.tsv", persons, 6, {
        "columns.nik": {"type": "code", "pribadi": "nik"}, "columns.nama": {"type": "text", "pribadi": "nama"},
        "columns.bantuan_rp": {"type": "integer", "numbers": "en", "unit": "Rp"},
    }),
    "xls": Made("faskes.xls", old_workbook, 2, {
        "columns.lat": {"from": "Lat", "type": "latitude"}, "columns.long": {"from": "Long", "type": "longitude"}, "key": ["kode"],
    }),
    "months and their total": Made("panen.csv", months_with_total, 6, {
        "unpivot": {"headers": r"^(?P<bulan>[a-z]{3,9}[- ]\d{2})$", "value": "nilai", "total": "Jumlah"},
        "period": {"column": "bulan", "grain": "bulan"}, "key": ["bulan", "komoditas"],
    }),
    "years, one marked": Made("penduduk_miskin.csv", marked_years, 8, {
        "unpivot": {"headers": r"^(?P<tahun>(?:19|20)\d{2})\W*$", "value": "nilai"},
        "columns.tahun": {"header": "tahun", "type": "period", "format": "YYYY"},
        "columns.nilai": {"type": "decimal", "numbers": "plain", "unit_from": "satuan"},
        "period": {"column": "tahun", "grain": "tahun"}, "key": ["tahun", "uraian"],
    }),
    "two years, both marked": Made("sekolah.csv", two_years, 4, {
        "unpivot": {"headers": r"^(?P<tahun>(?:19|20)\d{2})\W*$", "value": "nilai"},
        "columns.nilai": {"type": "integer", "numbers": "id"},
        "period": {"column": "tahun", "grain": "tahun"}, "key": ["tahun", "uraian"],
    }),
    "lists in a list": Made("harga.json", series_in_series, 4, {
        "columns.tgl": {"type": "date", "format": "YYYY-MM-DD"}, "key": ["tgl", "kode_wilayah"],
    }),
    "month and year": Made("luas.csv", months_and_years, 9, {
        "columns.bulan": {"join": ["bulan", "tahun"], "type": "period", "format": "M YYYY"}, "key": ["bulan", "kode_wilayah"],
    }),
}  # fmt: skip
