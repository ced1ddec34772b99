"""Prevents a dispute from telling what publishing hides: two agencies differ on a handful of persons, and everybody reads how many each of them counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import psycopg
import pytest

from satudata.conflicts.acts import Asked, decide
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import penduduk, write_registry

DAY = date(2026, 6, 2)
FEW, MANY, HIDDEN = "36.73.01.1001", "36.73.01.1002", "36.73.01.1003"
FIGURES = """select opd, nilai::float, nilai_asal::float, disensor from quality.konflik_angka join quality.konflik using (konflik_id)
             where kode_wilayah = '{}' order by 1"""
TOLD = "select kode_wilayah, angka, selisih::float, angka_terbit::float from quality.konflik where jenis = 'antar-OPD' order by 1"
DECIDED = "select kode_wilayah, nilai_diputuskan::float, selisih::float, berlaku from mart.rekonsiliasi"


def test_a_count_of_few_that_agencies_differ_on_is_for_agencies(gudang: Gudang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Walidata sees both figures; the portal that there is a conflict, between whom and until when; a figure of many is shown to both."""
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", str(tmp_path / "arsip"))
    write_registry(gudang)
    gudang.accept("serang.bps.penduduk", [penduduk(FEW, 3), penduduk(MANY, 2000), penduduk(HIDDEN, 4)])
    gudang.accept("serang.disdukcapil.penduduk", [penduduk(FEW, "0.012"), penduduk(MANY, "2.5")])
    transform(DAY)
    gudang.accept("serang.disdukcapil.penduduk", [penduduk(FEW, "0.012"), penduduk(MANY, "2.5"), penduduk(HIDDEN, "0.900")])
    gudang.accept("serang.bps.penduduk", [penduduk(FEW, 3), penduduk(MANY, 2000), penduduk(HIDDEN, 40)])
    transform(DAY)
    _figures_are_for_the_walidata(gudang)
    _the_words_of_contradicting_sums_too(gudang)

    number = gudang.value(f"select conflict_id from ops.conflict where kode_wilayah = '{FEW}'", "owner")
    decide(number, Asked("bps", None, "forum", "BA/1"), "Walidata")
    transform(DAY)
    assert gudang.rows(DECIDED) == [(FEW, None, None, True)]
    gudang.accept("serang.bps.penduduk", [penduduk(MANY, 2000)])
    gudang.accept("serang.disdukcapil.penduduk", [penduduk(MANY, "2.5")])
    transform(DAY)
    assert gudang.rows(DECIDED) == [(FEW, None, None, False)]  # nobody reports it any more


def _figures_are_for_the_walidata(gudang: Gudang) -> None:
    """40 and 900 are large, but what was published of that kelurahan was hidden, and one of the two may be what it was."""
    bps, disdukcapil = "Badan Pusat Statistik", "disdukcapil"
    assert gudang.rows(FIGURES.format(FEW), "steward") == [(bps, 3, 3, False), (disdukcapil, 12, 0.012, False)]
    assert gudang.rows(FIGURES.format(FEW), "portal") == [(bps, None, None, True), (disdukcapil, None, None, True)]
    assert gudang.rows(FIGURES.format(HIDDEN), "portal") == [(bps, None, None, True), (disdukcapil, None, None, True)]
    assert gudang.rows(FIGURES.format(MANY), "portal") == [(bps, 2000, 2000, False), (disdukcapil, 2500, 2.5, False)]
    (few, many, hidden), seen = gudang.rows(TOLD, "portal"), gudang.rows(TOLD, "steward")
    assert (few[2:], hidden[2:], many[2:]) == ((None, None), (None, None), (500, None))
    assert "Badan Pusat Statistik: tidak ditampilkan (serang.bps.penduduk, diambil" in few[1]
    assert ": 3 (" in seen[0][1]
    assert "2500 (tercatat 2,5 ribu jiwa" in many[1]
    for role in ("bi_reader", "bi_instansi"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            gudang.rows(TOLD, role)


def _the_words_of_contradicting_sums_too(gudang: Gudang) -> None:
    """A kecamatan and its kelurahan are told in a sentence with the figures in it."""
    gudang.rows(
        """insert into ops.issue (dataset, rule_id, rule, severity, opened_at, last_seen_at, message)
           select 'serang.bps.penduduk', 'parts.' || kode, 'parts', 'hold', '2026-06-01', '2026-06-01', 'Serang: 7 menurut a, jumlah 3 menurut b.'
           from unnest(array['penduduk', 'asn']) as kode returning 1""",
        "owner",
    )
    query = "select objek, angka like '%7%' from quality.konflik where jenis = 'bagian dan jumlah' order by 1"
    assert gudang.rows(query, "steward") == [("Jumlah ASN", True), ("Jumlah Penduduk", True)]
    assert gudang.rows(query, "portal") == [("Jumlah ASN", True), ("Jumlah Penduduk", False)]
