"""ODBC, the way of Excel, Power BI, Tableau and LibreOffice: the catalogue they build their lists and joins from, and a query.

Needs the driver of the system (Debian: odbc-postgresql, unixodbc, libltdl7), which .ci/run installs.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

DRIVER = "PostgreSQL Unicode"
pyodbc = pytest.importorskip("pyodbc", reason="no ODBC manager (apt install unixodbc odbc-postgresql libltdl7)", exc_type=ImportError)
pytestmark = pytest.mark.skipif(DRIVER not in pyodbc.drivers(), reason=f"no ODBC driver '{DRIVER}' (apt install odbc-postgresql)")


@pytest.fixture
def cursor(address: str):
    at = urlsplit(address)
    words = f"DRIVER={{{DRIVER}}};SERVER={at.hostname};PORT={at.port};DATABASE={at.path[1:]};UID={at.username};PWD={at.password}"
    conn = pyodbc.connect(words, autocommit=True, timeout=20)
    yield conn.cursor()
    conn.close()


def test_the_list_of_tables(cursor) -> None:
    names = {row.table_name for row in cursor.tables(schema="mart", tableType="TABLE")}
    assert {"sosial_kelurahan", "neraca_pangan", "dim_wilayah"} <= names


def test_the_columns_of_a_table_and_their_types(cursor) -> None:
    types = {row.column_name: row.type_name for row in cursor.columns(table="neraca_pangan", schema="mart")}
    assert {name: types[name] for name in ("wilayah_key", "minggu", "nama_wilayah", "stok_ton")} == {
        "wilayah_key": "int4", "minggu": "date", "nama_wilayah": "text", "stok_ton": "numeric"}  # fmt: skip


def test_the_keys_a_tool_joins_by(cursor) -> None:
    assert [row.column_name for row in cursor.primaryKeys("dim_wilayah", schema="mart")] == ["wilayah_key"]
    leads = {(row.fkcolumn_name, row.pktable_name) for row in cursor.foreignKeys(foreignTable="fct_neraca_pangan", foreignSchema="mart")}
    assert {("wilayah_key", "dim_wilayah"), ("komoditas_key", "dim_komoditas")} <= leads


def test_rows_come_as_they_were_published(cursor, published) -> None:
    """Figures, dates and truth values as themselves, not as text."""
    query = """select nama_wilayah, minggu, kebutuhan_ton, stok_ton from neraca_pangan where stok_ton is not null order by minggu"""
    assert [tuple(row) for row in cursor.execute(query).fetchall()] == published.rows(query)
    assert cursor.execute("select aktif from keaktifan_situs_opd").fetchval() in (False, "0")


def test_what_columns_mean_is_in_a_table(cursor) -> None:
    """The driver hands on no comments; the dictionary of data does."""
    query = "select keterangan from kamus_data where tabel = 'neraca_pangan' and kolom = 'stok_ton'"
    assert "stok" in str(cursor.execute(query).fetchval()).lower()


def test_a_write_is_refused(cursor) -> None:
    with pytest.raises(pyodbc.Error) as caught:
        cursor.execute("delete from mart.sosial_kelurahan")
    assert caught.value.args[0] == "25006"


def test_other_rooms_are_closed(cursor) -> None:
    with pytest.raises(pyodbc.Error, match="permission denied for schema raw"):
        cursor.execute("select * from raw.indikator")
