"""Everybody reads mart, agencies read mart_instansi too, and personal data stays in raw: over every concept, and over datasets without one."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from satudata.lineage.follow import lineage
from satudata.releases.rollback import rollback
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import PPKS, accept_first_batches, penduduk, ppks, write_contracts

DAY = date(2026, 6, 2)
PPKS_ID, BANTUAN_ID = "kediri.dinsos.ppks", "sintang.dinsos.bantuan"


def restrict(gudang: Gudang, dataset: str, to: str = "terbatas") -> None:
    """Let a contract of the registry say who may see its data."""
    path = gudang.sources.joinpath(*dataset.split(".")).with_suffix(".yml")
    path.write_text(path.read_text() + f"akses: {to}\n")


def test_small_counts_and_restricted_data_are_for_agencies(gudang: Gudang) -> None:
    """One story: small counts are hidden in every public table and shown to agencies; a restricted dataset, with a concept or without, is theirs alone."""
    write_contracts(gudang)
    accept_first_batches(gudang)
    few = penduduk()
    few[0]["penduduk"] = 0.003
    gudang.accept("serang.disdukcapil.penduduk", few)
    gudang.contract("kediri.dinsos.rahasia", PPKS + "akses: terbatas\n")
    gudang.accept("kediri.dinsos.rahasia", [ppks("Mojoroto", "Korban Kekerasan", 77) | {"tahun": "2025"}])
    restrict(gudang, BANTUAN_ID)
    first = transform(DAY)
    assert first["kept_back"] == []
    query = "select nama_kelurahan, nama_klasifikasi, nilai::integer{} from {}.sosial_kelurahan where kode_indikator = 'ppks' order by 1, 2"
    assert gudang.rows(query.format(", disensor", "mart")) == [
        ("Mojoroto", "Jenis PPKS: anak terlantar", None, True), ("Mojoroto", "Jenis PPKS: pengemis", None, True),
        ("Pesantren", "Jenis PPKS: pengemis", None, True)]  # fmt: skip
    assert [row[2] for row in gudang.rows(query.format("", "mart_instansi"), "bi_instansi")] == [4, 2, 3]
    assert gudang.rows("select distinct nilai, disensor from mart.indikator_terkini where kode_indikator = 'ppks'") == [(None, True)]
    shown = "select nilai::integer from {}.indikator_terkini where kode_indikator = 'ppks' order by 1"
    assert (gudang.rows(shown.format("mart")), gudang.rows(shown.format("mart_instansi"), "bi_instansi")) == (
        [(None,)] * 3,
        [(2,), (3,), (4,)],
    )
    people = "select count(*), min(penduduk_jiwa)::integer, count(penduduk_jiwa) from {}.profil_kelurahan"
    (rows, least, told), (all_rows, all_least, all_told) = (
        gudang.rows(people.format("mart"))[0],
        gudang.rows(people.format("mart_instansi"), "bi_instansi")[0],
    )
    assert (rows - all_rows, least, all_least, all_told - told) == (0, 2500, 3, 1)
    assert gudang.value("select count(*) from ops.disensor where kode_indikator = 'ppks'", "owner") == 3
    assert gudang.rows("select jenis_ppks, nilai::integer from mart_instansi.data_kediri_dinsos_rahasia", "bi_instansi") == [
        ("Korban Kekerasan", 77)
    ]
    assert gudang.value("select sum(bantuan_rp)::integer from mart_instansi.data_sintang_dinsos_bantuan", "bi_instansi") == 400000
    _readers_of_mart_learn_nothing(gudang)
    _records_and_lineage_of_agency_tables(gudang)
    _what_was_hidden_once_stays_hidden(gudang)


def _readers_of_mart_learn_nothing(gudang: Gudang) -> None:
    """No right on the schema, no word of the restricted data in any public table, and no row of it in the questions a portal may ask."""
    for role in ("bi_reader", "portal"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            gudang.rows("select * from mart_instansi.fct_indikator", role)
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        gudang.rows("delete from mart_instansi.fct_indikator", "bi_instansi")
    published = gudang.published()
    assert "korban kekerasan" not in str(published).lower()
    del published["katalog_dataset"], published["jadwal_rilis"]  # that there is such data, and when it comes, is no secret
    assert "dinsos.bantuan" not in str(published).lower()
    asked = "select count(*) from quality.asal('mart_instansi.fct_indikator')"
    assert gudang.value(asked, "portal") == 0
    assert gudang.value(asked, "steward") > 0


def _records_and_lineage_of_agency_tables(gudang: Gudang) -> None:
    """Keys, comments and lineage are those of mart."""
    assert (
        gudang.value(
            "select count(*) from pg_constraint where conrelid = 'mart_instansi.fct_indikator'::regclass and contype in ('p', 'f')", "owner"
        )
        == 8
    )
    assert gudang.value(
        """select count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'mart_instansi'::regnamespace
           and c.relkind = 'r' and a.attnum > 0 and col_description(a.attrelid, a.attnum) is null""", "owner") == 0  # fmt: skip
    found = lineage("mart_instansi.sosial_kelurahan", ["kode_indikator=ppks", "nama_kelurahan=Pesantren"])
    assert [one.dataset for one in found.origins] == [PPKS_ID]


def _what_was_hidden_once_stays_hidden(gudang: Gudang) -> None:
    """Though it has grown; agencies see it change, and it is in the records of their table alone; a rollback shows nothing either."""
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Anak Terlantar", 40), ppks("Mojoroto", "Pengemis", 2), ppks("PESANTREN", "Pengemis", 3)])
    changes = transform(DAY)["changes"]
    assert changes["mart_instansi.fct_indikator"]["changed"] == 1
    assert gudang.rows("select distinct nilai, disensor from mart.indikator_terkini where kode_indikator = 'ppks'") == [(None, True)]
    assert gudang.rows("select table_name, before ->> 'nilai', after ->> 'nilai' from ops.release_row order by 1", "owner") == [
        (f"mart_instansi.{table}", "4", "40") for table in ("fct_indikator", "indikator_terkini", "sosial_kelurahan")]  # fmt: skip
    rollback(None, "Walidata", "salah ketik")
    assert gudang.value("select max(nilai)::integer from mart_instansi.sosial_kelurahan where kode_indikator = 'ppks'", "bi_instansi") == 4
