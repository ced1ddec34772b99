"""A text that looks like another region's name, or a code of another system, must never be published under the wrong region."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator

import psycopg
import pytest

from contracts.references import SHIPPED, reference_rows
from contracts.registry import load_dataset
from tests.conform.conftest import Gudang
from tests.conftest import Database
from warehouse.code_columns import PAIR
from warehouse.codes import count_waiting
from warehouse.references import load_references

FIVE = ("35.71", "35.72", "36.73", "61.05", "61.12")
"""The pemda whose regions are shipped; whoever runs the tests may have added those of others."""
LEVELS = {"p": "provinsi", "k": "kabupaten_kota", "c": "kecamatan", "d": "desa_kelurahan", "": ""}


@pytest.fixture(scope="module")
def loaded(module_database: Database) -> Iterator[psycopg.Connection]:
    """A connection with the shipped references loaded."""
    with module_database.connect("loader", autocommit=True) as conn:
        load_references(conn)
        yield conn


def resolve(conn: psycopg.Connection, *pairs: tuple[str, ...]) -> list[tuple[object, ...]]:
    with conn.transaction():
        conn.execute(f"create temp table asked ({', '.join(f'{name} text' for name in PAIR)}) on commit drop")
        with conn.cursor() as cursor:
            cursor.executemany("insert into asked values (%s, %s, %s, %s, %s, %s)", pairs)
        return conn.execute("select code, own_code, why, unchecked from ops.resolve_codes('asked')").fetchall()


@pytest.mark.parametrize(
    ("published", "level", "within", "system", "code"),
    [
        ("35.71.01.1001", "d", "", "kemendagri", "35.71.01.1001"),
        ("3571011001", "", "", "kemendagri", "35.71.01.1001"),
        ("3571011001.0", "d", "35.71", "kemendagri", "35.71.01.1001"),
        ("35.0", "p", "", "kemendagri", "35"),
        ("61.1", "k", "", "kemendagri", None),  # 61.10 read as a number
        ("35.71.01", "d", "", "kemendagri", None),  # a kecamatan's code where a desa's belongs
        ("6107", "k", "", "bps", "61.05"),  # Sintang; 61.07 is Bengkayang
        ("6107", "k", "61.05", "kemendagri", None),  # the same digits read in the wrong system, seen by the parent
        ("3571010007.0", "d", "", "bps", "35.71.01.1001"),
        ("3571010007", "d", "", "kemendagri", None),  # ten digits, but 0 begins no desa in Kemendagri's system
        ("35.71.09", "c", "", "kemendagri", None),  # well-formed, but Kota Kediri's kecamatan are loaded and this is none
        ("mojoroto", "c", "35.71", "kemendagri", "35.71.01"),
        ("mojoroto", "d", "35.71", "kemendagri", "35.71.01.1011"),
        ("kel. mojoroto", "d", "kec. mojoroto", "kemendagri", "35.71.01.1011"),
        ("mojoroto", "", "35.71", "kemendagri", None),
        ("semuntai", "d", "61.05", "kemendagri", None),  # twice in Sintang
        ("semuntai", "d", "sepauk", "kemendagri", "61.05.03.2011"),
        ("kota", "c", "35.71", "kemendagri", "35.71.02"),
        ("kediri", "k", "35", "kemendagri", None),  # kabupaten or kota?
        ("kota kediri", "k", "35", "kemendagri", "35.71"),
        ("kab. kediri", "k", "35", "kemendagri", "35.06"),
        ("sintang", "k", "", "kemendagri", "61.05"),
        ("prov. jawa barat", "p", "", "kemendagri", "32"),
        ("sei raya", "c", "61.12", "kemendagri", "61.12.01"),
        ("kuala mandor-b", "c", "61.12", "kemendagri", "61.12.02"),
        ("teluk pa'kedai", "c", "kabupaten kubu raya", "kemendagri", "61.12.08"),
        ("sungai radak satu", "d", "61.12", "kemendagri", "61.12.04.2007"),
        ("sungai radak dua", "d", "61.12", "kemendagri", "61.12.04.2008"),
        ("simba jaya", "d", "61.05", "kemendagri", None),  # near to Simba Raya is not it
    ],
)
def test_one_region_or_none(loaded: psycopg.Connection, published: str, level: str, within: str, system: str, code: str | None) -> None:
    """Matching is by level and parent, exact after normalising; anything else is nobody's."""
    ((found, _, why, _),) = resolve(loaded, ("wilayah", published, LEVELS[level], within, system, ""))
    assert found == code, why
    assert (why is None) == (code is not None)


def test_every_region_is_found_by_its_own_name(loaded: psycopg.Connection) -> None:
    """17 kelurahan and desa of the five pemda bear the name of a kecamatan, 3 names occur twice: each still finds itself by level and parent."""
    rows = {row["kode"]: row for row in reference_rows("wilayah")}
    asked = {kode: row for kode, row in rows.items() if kode[:5] in FIVE and row["level"] in ("kecamatan", "desa_kelurahan")}
    pairs = [("wilayah", row["nama"].lower(), row["level"], rows[row["induk"]]["nama"].lower(), "kemendagri", "") for row in asked.values()]
    found = resolve(loaded, *pairs)
    assert len(asked) == 698
    assert [code for code, *_ in found] == list(asked)


def test_a_bare_name_is_what_the_contract_says(loaded: psycopg.Connection) -> None:
    """Tables of BPS write Bogor for the kabupaten and Kota Bogor for the city."""
    pairs = [("wilayah", "bogor", "kabupaten_kota", "32", "kemendagri", bare) for bare in ("", "kabupaten", "kota")]
    assert [code for code, *_ in resolve(loaded, *pairs)] == [None, "32.01", "32.71"]


def test_codes_beyond_the_lists_pass_unchecked(loaded: psycopg.Connection) -> None:
    """West Java's desa are not shipped: their codes pass, marked; a BPS code keeps its own system and has no Kemendagri code."""
    kemendagri, bps = resolve(
        loaded,
        ("wilayah", "32.01.02.2001", "desa_kelurahan", "", "kemendagri", ""),
        ("wilayah", "3201190006", "desa_kelurahan", "", "bps", ""),
    )
    assert kemendagri == ("32.01.02.2001", "32.01.02.2001", None, True)
    assert bps == (None, "3201190006", None, True)


def test_lists_match_code_name_and_synonym(loaded: psycopg.Connection) -> None:
    """Commodities, units and indicators come as a code, a name or another spelling, never as something similar."""
    asked = [
        ("komoditas", "beras medium"),
        ("komoditas", "beras"),
        ("komoditas", "beras ketan hitam"),
        ("satuan", "%"),
        ("satuan", "ribu jiwa"),
        ("satuan", "km²"),
        ("tak_ada", "x"),
    ]
    found = resolve(loaded, *((reference, text, "", "", "", "") for reference, text in asked))
    assert [code for code, *_ in found] == ["beras_medium", "beras", None, "persen", "ribu jiwa", "km2", None]
    assert found[6][2] == "daftar referensi belum dimuat"


def test_a_newer_version_of_ours_applies_to_the_lists_that_are_there(loaded: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the forms of names it makes anew would wait for somebody to edit a list."""
    assert load_references(loaded) == []
    monkeypatch.setattr("warehouse.references.__file__", __file__)
    loaded.execute("delete from ops.reference_form")
    assert load_references(loaded) != []
    assert loaded.execute("select count(*) > 1000 from ops.reference_form").fetchone() == (True,)


def test_the_latest_synonym_decides(database: Database) -> None:
    """Mappings are never edited: the newest one counts, also where the name alone would match nothing."""
    with database.connect("loader", autocommit=True) as conn:
        load_references(conn)
        pair = ("wilayah", "kebonagung lor", "desa_kelurahan", "35.72", "kemendagri", "")
        assert resolve(conn, pair)[0][0] is None
        for code in ("35.72.01.1001", "35.72.01.1002"):
            conn.execute(
                """insert into ops.mapping (reference, published, level, within, system, code, by, at)
                   values ('wilayah', 'kebonagung lor', 'desa_kelurahan', '35.72', 'kemendagri', %s, 'walidata', '2026-06-01')""",
                [code],
            )
        assert resolve(conn, pair)[0][0] == "35.72.01.1002"


def test_rows_of_a_batch_that_wait(gudang: Gudang) -> None:
    """`waiting` counts rows, not texts; rows set aside do not wait, and an open region holds nothing back."""
    gudang.contract(
        "sintang.disdagin.harga",
        """concept: harga_komoditas
period: {column: tanggal, grain: hari}
key: [komoditas, kode_wilayah]
columns:
  kode_wilayah: {type: wilayah, level: kecamatan, within: induk}
  induk: {type: text}
  komoditas: {type: code, reference: komoditas}
  tanggal: {type: date}
  harga_rp: {type: integer}
  asal: {type: wilayah, level: kabupaten_kota, unknown: keep_null}
""",
    )
    dataset = load_dataset("sintang.disdagin.harga")
    gudang.accept(dataset.id, [])
    with gudang.database.connect("loader", autocommit=True) as conn:
        load_references(conn)
        conn.execute(
            """create table staging_load.b_7 as select n::bigint as _no, kode_wilayah, induk, komoditas, 'entah' as asal from (values
               (1, 'Sepauk', 'Kab. Sintang', 'Beras'), (2, 'Sepauk', 'Kab. Sintang', 'Emas'), (3, 'Sepauk', 'Kab. Sintang', 'Emas'),
               (4, 'Seberang', 'Kab. Sintang', 'Emas'), (5, 'SEPAUK', 'SINTANG', null)) v (n, kode_wilayah, induk, komoditas)"""
        )
        assert count_waiting(conn, dataset, "staging_load.b_7") == 3
        conn.execute("create table staging_load.q_7 as select 2::bigint as _no")
        assert count_waiting(conn, dataset, "staging_load.b_7") == 2


def test_a_spelling_somebody_added_is_found_and_known_by_its_author(gudang: Gudang) -> None:
    """`sinonim.csv` names who; a column `sinonim` is the list's own. Taken away again, the spelling means nothing."""
    folder = gudang.sources / "references"
    shutil.copytree(SHIPPED / "references", folder)
    with gudang.database.connect("loader", autocommit=True) as conn:
        load_references(conn)
        pairs = ("wilayah", "sepauk hulu", "kecamatan", "61.05", "kemendagri", ""), ("komoditas", "beras adan", "", "", "", "")
        assert [code for code, *_ in resolve(conn, *pairs)] == [None, None]
        before = (folder / "sinonim.csv").read_text()
        with (folder / "sinonim.csv").open("a") as file:
            file.write("wilayah,61.05.03,Sepauk Hulu,ani,2026-06-01,\nkomoditas,beras_premium,Beras Adan,budi,2026-06-02,kata dinas\n")
        load_references(conn)
        assert [code for code, *_ in resolve(conn, *pairs)] == ["61.05.03", "beras_premium"]
        asked = "select teks, oleh, nama, alasan from quality.padanan where teks in ('Beras Adan', 'Gula Pasir') order by 1"
        assert gudang.rows(asked, "steward") == [
            ("Beras Adan", "budi", "Beras Premium", "kata dinas"),
            ("Gula Pasir", "bawaan", "Gula", None),
        ]
        (folder / "sinonim.csv").write_text(before)
        load_references(conn)
        assert [code for code, *_ in resolve(conn, *pairs)] == [None, None]


def test_what_has_ended_leaves_its_name_to_what_is_in_force(gudang: Gudang) -> None:
    """A desa that moved to another kecamatan: its old code still means the old desa, its name the new one."""
    folder = gudang.sources / "references"
    shutil.copytree(SHIPPED / "references", folder)
    lines = (folder / "wilayah.csv").read_text().splitlines()
    rows = [{"berlaku_sampai": "", "pengganti": "", **row} for row in csv.DictReader(lines)]
    old = next(row for row in rows if row["kode"] == "61.05.03.2001")
    rows.append(
        {
            **dict.fromkeys(old, ""),
            "kode": "61.05.01.2099",
            "level": "desa_kelurahan",
            "nama": old["nama"],
            "induk": "61.05.01",
            "jenis": "desa",
        }
    )
    old.update(berlaku_sampai="2025-12-31", pengganti="61.05.01.2099")
    with (folder / "wilayah.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(old), restval="")
        writer.writeheader()
        writer.writerows(rows)
    name = old["nama"].lower()
    with gudang.database.connect("loader", autocommit=True) as conn:
        load_references(conn)
        asked = [(text, "desa_kelurahan", "61.05", "kemendagri") for text in (name, "61.05.03.2001", "61.05.01.2099")]
        assert [code for code, *_ in resolve(conn, *(("wilayah", *one, "") for one in asked))] == [
            "61.05.01.2099",
            "61.05.03.2001",
            "61.05.01.2099",
        ]


def test_dapodik_codes_are_found_where_the_list_holds_them(gudang: Gudang) -> None:
    """Six digits and blanks behind them, of a third system: never read as any of the other two."""
    folder = gudang.sources / "references"
    shutil.copytree(SHIPPED / "references", folder)
    rows = [{**row, "kode_dapodik": "130500" if row["kode"] == "61.05" else ""} for row in reference_rows("wilayah", SHIPPED)]
    with (folder / "wilayah.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with gudang.database.connect("loader", autocommit=True) as conn:
        load_references(conn)
        asked = [
            ("wilayah", text, "kabupaten_kota", "", system, "")
            for text, system in (("130500  ", "dapodik"), ("130500", "bps"), ("6105", "dapodik"))
        ]
        assert [(code, own) for code, own, *_ in resolve(conn, *asked)] == [("61.05", "130500"), (None, None), (None, None)]
