"""Prevents a published figure that nobody can trace: from every table of mart to the archived bytes and the very line in them."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from psycopg.types.json import Jsonb

from contracts.errors import WrongUsage
from contracts.references import SHIPPED
from satudata.cli import satudata
from satudata.conform.inputs import release_input
from satudata.conform.lineage_steps import said as said_by_models
from satudata.conform.prepare import see
from satudata.transform import transform
from tests.lineage.conftest import AID, CENSUS, DAY, FILES, OTHER_PRICES, PRICES, STOCK, Kota

SEED = 20260602
WEEK = "mart.neraca_pangan kode_wilayah=61.05 kode_komoditas=beras minggu=2026-05-18"


def asked(command: str) -> Result:
    return CliRunner().invoke(satudata, ["lineage", *command.split()], catch_exceptions=False)


def traced(command: str) -> dict[str, Any]:
    found = asked(f"{command} --json")
    assert found.exit_code == 0, found.output
    told: dict[str, Any] = json.loads(found.output)
    return told


def published(kota: Kota) -> list[str]:
    return [name for (name,) in kota.rows("select tablename from pg_tables where schemaname = 'mart' order by 1")]


def random_row(kota: Kota, table: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A row of a table, and its key."""
    (key,) = kota.rows(f"select ops.primary_key('mart.{table}'::regclass)")[0]
    rows = [row for (row,) in kota.rows(f"select to_jsonb(t) from mart.{table} t order by {', '.join(key)}")]
    row = random.Random(f"{SEED}{table}").choice(rows)
    return row, {name: row[name] for name in key}


def line_of(kota: Kota, origin: dict[str, Any]) -> dict[str, str]:
    """The line of the archived file that an origin names, read without any of the product's code."""
    lines = list(csv.reader(io.StringIO(kota.bytes_of(origin["sha256"]).decode())))
    return dict(zip(lines[0], lines[int(origin["lokasi"].removeprefix("baris ")) - 1], strict=True))


def test_every_published_table_says_where_its_rows_come_from(kota: Kota) -> None:
    """A model that is added without it could not be traced."""
    (steps,) = kota.rows("select array_agg(distinct table_name) from ops.lineage_source")[0]
    assert set(published(kota)) - set(steps) == {name for name, made_of in said_by_models().items() if isinstance(made_of, dict)}
    everywhere = {*published(kota), *(name for (name,) in kota.rows("select table_name from ops.published_table", "owner"))}
    assert {name for name in said_by_models() if name not in everywhere} == set()


def test_a_random_cell_of_every_table_leads_to_a_line_of_a_file(kota: Kota) -> None:
    """The bytes are read here by nobody's parser: the named line must hold what the lineage says stands there."""
    reached = set()
    for table in published(kota):
        row, key = random_row(kota, table)
        found = CliRunner().invoke(
            satudata, ["lineage", f"mart.{table}", *(f"{n}={v}" for n, v in key.items()), "--json"], catch_exceptions=False
        )
        assert found.exit_code == 0, (table, found.output)
        told = json.loads(found.output)
        assert (told["table"], told["release"]["release_id"], told["row"].keys()) == (f"mart.{table}", 2, row.keys())
        if told["made_of"]:
            continue
        if table != "profil_kelurahan":  # lists also who has sent nothing
            assert told["origins"], table
        for origin in told["origins"]:
            line = line_of(kota, origin)
            cells = {name: text for name, text in origin["isi"].items() if name in line and text != "(data pribadi)"}
            assert cells, table
            assert cells == {name: line[name] for name in cells}, table
            assert (origin["arsip"], origin["catatan"]) == ("utuh", "")
            assert kota.rows(f"select contract_sha256, code_version from ops.batch where batch_id = {origin['batch_id']}") == [
                (origin["contract_sha256"], origin["code_version"])
            ]
            reached.add(table)
    assert reached >= {
        "fct_indikator", "fct_harga_komoditas", "fct_neraca_pangan", "fct_titik_lokasi", "fct_keaktifan_situs", "indikator_terkini", "sosial_kelurahan",
        "titik_layanan", "neraca_pangan", "keaktifan_situs_opd", "rekonsiliasi", "data_sintang_dinsos_bantuan", "fct_informasi_publik",
        "fct_kinerja",
    }  # fmt: skip


def test_a_derived_mart_lists_every_row_behind_it_and_which_of_them_speaks(kota: Kota) -> None:
    """The mean price of a week rests on three days; on one of them two offices report, and the one that speaks is named."""
    told = traced(WEEK)
    assert float(told["row"]["harga_rata_rata_rp"]) == pytest.approx((13018 + 13019 + 12900) / 3, abs=0.01)
    assert [(one["dataset"], one["isi"]["tanggal"], one["isi"]["harga_rp"], one["berbicara"]) for one in told["origins"]] == [
        (OTHER_PRICES, "2026-05-20", "12900", True), (PRICES, "2026-05-18", "13018", True), (PRICES, "2026-05-19", "13019", True),
        (PRICES, "2026-05-20", "13020", False),
    ]  # fmt: skip
    assert {tuple(one["kolom"]) for one in told["origins"]} == {("harga_rata_rata_rp", "jumlah_hari_harga", "harga_periode_grain")}
    village = traced("mart.neraca_pangan nama_wilayah=Sepauk")
    assert {one["dataset"] for one in village["origins"]} == {STOCK, PRICES, OTHER_PRICES}
    assert {one["isi"]["stok_ton"] for one in village["origins"] if one["dataset"] == STOCK} == {"25"}


def test_the_view_and_the_function_say_the_same_as_the_command(kota: Kota) -> None:
    query = """select dataset, lokasi, batch_id, sha256, contract_sha256, fetch_id, rilis from quality.lineage
               where tabel = 'neraca_pangan' and kunci ->> 'minggu' = '2026-05-18' and kunci ->> 'wilayah_key' = '{key}' order by 1, 2"""
    told = traced(WEEK)
    expected = sorted(
        (one["dataset"], one["lokasi"], one["batch_id"], one["sha256"], one["contract_sha256"], one["fetch_id"], 2)
        for one in told["origins"]
    )
    assert kota.rows(query.replace("{key}", str(told["key"]["wilayah_key"]))) == expected
    tables = {name for (name,) in kota.rows("select distinct tabel from quality.lineage")}
    assert tables == set(kota.rows("select array_agg(distinct table_name) from ops.lineage_source")[0][0])


def test_what_is_personal_is_not_repeated(kota: Kota) -> None:
    (origin,) = traced("mart.data_sintang_dinsos_bantuan")["origins"]
    assert (origin["isi"]["nik"], origin["isi"]["nama"], origin["isi"]["bantuan_rp"]) == ("(data pribadi)", "(data pribadi)", "200000")
    assert FILES[AID][0]["nik"] not in asked("mart.data_sintang_dinsos_bantuan").output


def test_moments_are_those_of_the_readers_clock_and_name_its_zone(kota: Kota) -> None:
    """The same fetch stands in `status`: two clocks are two fetches to whoever compares them."""
    text = asked("mart.data_sintang_dinsos_bantuan").output
    ((at,),) = kota.rows(
        "select to_char(ended_at at time zone 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI') from ops.fetch where dataset = 'sintang.dinsos.bantuan'"
    )
    assert f" pada {at} WIB\n" in text


def test_a_list_of_codes_is_traced_to_its_file(kota: Kota) -> None:
    import hashlib

    told = traced("mart.dim_wilayah kode_wilayah=61.05")
    assert told["list_sha256"] == hashlib.sha256((SHIPPED / "references" / "wilayah.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("mart.neraca_pngan", "Mungkin maksudnya: mart.neraca_pangan"),
        (
            "mart.neraca_pangan kode=61.05",
            "Kunci mart.neraca_pangan: wilayah_key, komoditas_key, minggu; boleh juga kolom lain: kode_minggu",
        ),
        ("mart.neraca_pangan 61.05", "bukan kolom=nilai"),
        ("mart.neraca_pangan minggu=Mei", "Nilai tidak dapat dibaca"),
        ("mart.neraca_pangan kode_wilayah=99", "Tidak ada baris"),
        ("mart.neraca_pangan kode_komoditas=beras", r"cocok.*Tambahkan salah satu: kode_wilayah=61\.05"),
    ],
)
def test_a_wrong_key_is_answered_with_the_right_one(kota: Kota, command: str, words: str) -> None:
    with pytest.raises(WrongUsage, match=words):
        asked(command)


def test_the_page_for_people_names_the_next_thing_to_look_at(kota: Kota) -> None:
    told = asked(WEEK).output
    assert "rilis 2" in told
    assert "tempat    harga.csv, baris 2" in told
    assert "isi       komoditas: Beras; tanggal: 2026-05-18" in told
    assert "bukan angka yang terbit" in told


def test_a_batch_of_several_files_names_the_one(kota: Kota) -> None:
    """Pages of an API are one batch; the page stands before the row."""
    with kota.database.connect("owner") as conn:
        conn.execute(
            """with f as (
                 insert into ops.fetch (dataset, halaman, url, run_date, started_at, ended_at, outcome, sha256)
                 select 'uji', n, 'http://opd.contoh.go.id/hal' || n, '2026-06-01', '2026-06-01', '2026-06-01', 'new', repeat(n::text, 64)
                 from generate_series(1, 12) n returning fetch_id, halaman)
               insert into ops.batch_fetch select (select min(batch_id) from ops.batch where dataset = %s), fetch_id, halaman from f""",
            [PRICES],
        )
        conn.execute("update raw.harga_komoditas set _lokasi = 'halaman 11 baris 2' where _lokasi = 'baris 2' and harga_rp = 13018")
        (key,) = conn.execute("select to_jsonb(m) from mart.fct_harga_komoditas m where harga_rp = 13018").fetchall()[0]
        wanted = {name: key[name] for name in ("komoditas_key", "pasar_key", "wilayah_key", "periode_key")}
        assert conn.execute("select url from quality.asal('fct_harga_komoditas', %s)", [Jsonb(wanted)]).fetchall() == [
            ("http://opd.contoh.go.id/hal11",)
        ]
        conn.rollback()


def test_what_is_traced_is_what_readers_see_and_not_what_is_being_built(kota: Kota) -> None:
    """A newer batch is accepted and a transform has begun: the figure that stands is still traced to the file it came from."""
    was = traced("mart.fct_neraca_pangan nilai_ton=25")
    kota.publish(STOCK, [{**FILES[STOCK][0], "stok_ton": 19}, *FILES[STOCK][1:]])
    with kota.database.connect("transformer", autocommit=True) as conn:
        see(conn, release_input(conn, DAY))
    assert traced("mart.fct_neraca_pangan nilai_ton=25")["origins"] == was["origins"]
    transform(date(2026, 6, 3))
    (now,) = traced("mart.fct_neraca_pangan nilai_ton=19")["origins"]
    assert (now["isi"]["stok_ton"], now["batch_id"] > was["origins"][0]["batch_id"], now["sha256"] != was["origins"][0]["sha256"]) == (
        "19",
        True,
        True,
    )
    (kept,) = traced("mart.fct_neraca_pangan nilai_ton=11")["origins"]
    assert kept["sha256"] == was["origins"][0]["sha256"]  # said again unchanged: it rests on the file that said it first


def test_bytes_that_were_changed_are_told(kota: Kota) -> None:
    """A disk, or a hand: the figure can no longer be proven, and the file is left where it is."""
    (origin,) = traced("mart.fct_indikator nilai=2500")["origins"]
    assert origin["dataset"] == CENSUS
    path = kota.archive / origin["alamat_arsip"]
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"2.5", b"9.5"))
    found = asked("mart.fct_indikator nilai=2500")
    assert (found.exit_code, "rusak: isinya berubah sejak disimpan" in found.output) == (1, True)
    path.unlink()
    assert "hilang" in asked("mart.fct_indikator nilai=2500").output
    path.write_bytes(whole)
    assert asked("mart.fct_indikator nilai=2500").exit_code == 0


def test_a_new_version_of_a_table_is_traced_and_the_old_one_points_to_it(kota: Kota) -> None:
    """A retyped table goes on beside the old one, which no release changes any more."""
    with kota.database.connect("owner") as conn:
        conn.execute("create table mart.neraca_pangan_v2 (like mart.neraca_pangan including all)")
        conn.execute("insert into mart.neraca_pangan_v2 table mart.neraca_pangan")
        conn.execute("grant select on mart.neraca_pangan_v2 to transformer, steward")
        conn.execute("insert into ops.published_table (table_name, model, version) values ('neraca_pangan_v2', 'neraca_pangan', 2)")
    try:
        key = WEEK.removeprefix("mart.neraca_pangan ")
        assert len(traced(f"mart.neraca_pangan_v2 {key}")["origins"]) == 4
        with pytest.raises(WrongUsage, match="Telusuri mart.neraca_pangan_v2"):
            asked(f"mart.neraca_pangan {key}")
        assert {name for (name,) in kota.rows("select distinct tabel from quality.lineage where tabel like 'neraca%'")} == {
            "neraca_pangan_v2"
        }
    finally:
        with kota.database.connect("owner") as conn:
            conn.execute("delete from ops.published_table where table_name = 'neraca_pangan_v2'")
            conn.execute("drop table mart.neraca_pangan_v2")
