"""What a release says of itself: every table and column with its meaning, unit and source, in the catalogue and in mart.kamus_data."""

from __future__ import annotations

from tests.conform.conftest import Gudang


def everything_is_described(gudang: Gudang) -> None:
    """Readers ask the table itself what it means; and keys are real, so that BI tools join by themselves."""
    bare = """select c.relname, coalesce(a.attname, '') from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              where c.relnamespace in ('mart'::regnamespace, 'mart_instansi'::regnamespace, 'staging'::regnamespace) and c.relkind in ('r', 'v')
              and '' in (coalesce(trim(col_description(c.oid, a.attnum)), ''), coalesce(trim(obj_description(c.oid)), ''))"""
    assert gudang.rows(bare, "owner") == []
    the_dictionary_leaves_nothing_open(gudang)
    keys = dict(
        gudang.rows(
            "select contype::text, count(*) from pg_constraint where connamespace = 'mart'::regnamespace and contype in ('p', 'f') group by 1",
            "owner",
        )
    )
    assert keys["p"] == gudang.value("select count(*) from pg_tables where schemaname = 'mart'", "owner")
    assert keys["f"] > 30


def the_dictionary_leaves_nothing_open(gudang: Gudang) -> None:
    """Every column of every table, with what it means, in what unit, and where it comes from."""
    empty = """select tabel, kolom from mart.kamus_data
               where '' in (coalesce(trim(keterangan), ''), coalesce(trim(satuan), ''), coalesce(trim(asal), ''), coalesce(penjumlahan, ''))"""
    assert gudang.rows(empty) == []
    there = """select c.relname::text, a.attname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
               where c.relnamespace = 'mart'::regnamespace and c.relkind = 'r'"""
    assert set(gudang.rows("select tabel, kolom from mart.kamus_data where kolom <> ''")) == set(gudang.rows(there, "owner"))
    said = dict(gudang.rows("select tabel, asal from mart.kamus_data where kolom = ''"))
    assert (said["fct_harga_komoditas"], said["titik_layanan"], said["dim_wilayah"]) == (
        "konsep harga_komoditas",
        "tabel fct_titik_lokasi",
        "Isi daftar acuan",
    )
    assert said["data_sintang_dinsos_bantuan"] == "sintang.dinsos.bantuan"
    units = dict(gudang.rows("select kolom, satuan from mart.kamus_data where tabel = 'data_sintang_dinsos_bantuan'"))
    assert (units["bantuan_rp"], units["kode_wilayah"], units["kali"]) == ("Rp", "tanpa satuan", "tidak dinyatakan")
    what_a_contract_says_of_a_column_is_what_readers_see(gudang)
    a_sum_says_over_what(gudang)


def what_a_contract_says_of_a_column_is_what_readers_see(gudang: Gudang) -> None:
    """A dictionary that says of a column its name again explains nothing: its author's words, else where it stands, its type and its unit."""
    meant = dict(gudang.rows("select kolom, keterangan from mart.kamus_data where tabel = 'data_sintang_dinsos_bantuan'"))
    assert (meant["bantuan_rp"], meant["kali"], meant["tahun"]) == (
        "Uang yang diterima selama setahun",
        'Kolom "BERAPA KALI" di sumbernya; bilangan bulat.',
        'Kolom "tahun" di sumbernya; periode; bagian dari kunci baris.',
    )
    comments = """select attname::text, col_description(attrelid, attnum) from pg_attribute
                  where attrelid = 'mart.data_sintang_dinsos_bantuan'::regclass and attnum > 0"""
    assert dict(gudang.rows(comments)) == {name: text for name, text in meant.items() if name}


def a_sum_says_over_what(gudang: Gudang) -> None:
    """A reader who adds up the inhabitants of two years, or percentages, was told nowhere that this is no figure."""
    said = dict(gudang.rows("select tabel || '.' || kolom, penjumlahan from mart.kamus_data where penjumlahan <> 'bukan ukuran'"))
    assert (said["neraca_pangan.kebutuhan_ton"], said["neraca_pangan.stok_ton"], said["neraca_pangan.harga_rata_rata_rp"]) == (
        "antarwilayah dan antarperiode",
        "antarwilayah",
        "tidak",
    )
    assert (said["indikator_terkini.nilai"], said["data_sintang_dinsos_bantuan.bantuan_rp"]) == ("menurut indikator", "tidak dinyatakan")
    silent = """select k.tabel, k.kolom from mart.kamus_data k join pg_attribute a on a.attrelid = to_regclass('mart.' || k.tabel) and a.attname = k.kolom
                where k.penjumlahan not in ('bukan ukuran', 'tidak dinyatakan') and col_description(a.attrelid, a.attnum) not like '%Penjumlahan: %'"""
    assert gudang.rows(silent) == []
    stock = """select col_description(attrelid, attnum) from pg_attribute
               where attrelid = 'mart.neraca_pangan'::regclass and attname = 'stok_ton'"""
    assert "dalam satu periode, jangan antarperiode" in gudang.value(stock)
    indicators = (
        "select kode_indikator, penjumlahan from mart.dim_indikator where kode_indikator in ('penduduk', 'izin_terbit', 'apk') order by 1"
    )
    assert gudang.rows(indicators) == [("apk", "tidak"), ("izin_terbit", "antarwilayah dan antarperiode"), ("penduduk", "antarwilayah")]
