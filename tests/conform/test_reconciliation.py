"""Two agencies can never be published as disagreeing: exactly what differs is a conflict, and what is published of it is settled by its life."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.errors import WrongUsage
from satudata.conflicts.acts import Asked, decide, discuss
from satudata.session import archive
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import harga, penduduk, stok, write_registry

DAY = date(2026, 6, 2)
KEYS = {
    "ops.conflict": ["conflict_id"], "ops.conflict_report": ["conflict_id", "pelapor", "since"], "ops.decision": ["decision_id"],
    "ops.decision_report": ["decision_id", "pelapor"], "ops.conflict_event": ["conflict_event_id"],
}  # fmt: skip
SEPAUK, TEMPUNAK, SUNGAI_TEBELIAN, KETUNGAU_HILIR, DEDAI = "61.05.03", "61.05.02", "61.05.20", "61.05.04", "61.05.07"


def test_the_life_of_a_conflict(gudang: Gudang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One story, because a build costs ten seconds: released, disputed, decided, and each way in which a decision ends or lasts."""
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-02")
    write_registry(gudang, item="stok_longgar")
    kecamatan = [SEPAUK, TEMPUNAK, SUNGAI_TEBELIAN, KETUNGAU_HILIR]
    gudang.accept("sintang.dkp.stok", [stok(one, 40) for one in kecamatan])
    gudang.accept("sintang.disdagin.harga", [harga("Beras Medium", 13200)])
    transform(DAY)
    assert published(gudang) == dict.fromkeys(kecamatan, ("tunggal", 40))
    _a_second_agency_disagrees(gudang, kecamatan)
    _nobody_picks_a_figure_without_a_basis(gudang)
    _what_is_decided_is_published(gudang)
    _decisions_end_and_last(gudang)
    _a_held_figure_outlives_the_published_table(gudang)


def published(gudang: Gudang) -> dict[str, tuple[str, float | None]]:
    rows = gudang.rows(
        "select kode_wilayah, status_rekonsiliasi, nilai_ton::float from mart.fct_neraca_pangan join mart.dim_wilayah using (wilayah_key)"
    )
    return {kode: (status, nilai) for kode, status, nilai in rows}


def states(gudang: Gudang) -> dict[str, tuple[str, int]]:
    rows = gudang.rows("select kode_wilayah, state, reopened from ops.conflict where fakta = 'neraca_pangan'", "owner")
    return {kode: (state, reopened) for kode, state, reopened in rows}


def number_of(gudang: Gudang, kecamatan: str) -> int:
    return int(
        gudang.value(f"select conflict_id from ops.conflict where kode_wilayah = '{kecamatan}' and fakta = 'neraca_pangan'", "owner")
    )


def _a_second_agency_disagrees(gudang: Gudang, kecamatan: list[str]) -> None:
    """A held cell keeps its last released figure, also though the Produsen itself says another now; one never released is empty and says why."""
    gudang.accept("sintang.bulog.stok", [stok(one, 44) for one in [*kecamatan, DEDAI]])
    gudang.accept("sintang.dkp.stok", [stok(one, 41 if one == SEPAUK else 40) for one in [*kecamatan, DEDAI]])
    gudang.accept("sintang.dkp.harga", [harga("Beras Medium", 15_000_000, diambil="2026-06-02T00:00:00Z")])
    transform(DAY)
    assert published(gudang) == dict.fromkeys(kecamatan, ("ditahan", 40)) | {DEDAI: ("ditahan", None)}
    assert gudang.rows("select dataset from mart.fct_neraca_pangan join mart.dim_sumber using (_dataset_id) group by 1") == [
        ("sintang.dkp.stok",)
    ]
    # Per ton from the other agency: 15 against the Produsen's 13.2 thousand; its policy says publish, and the conflict stays visible.
    assert gudang.rows("select harga_rp::float, status_rekonsiliasi from mart.fct_harga_komoditas") == [(13200, "kebijakan")]
    assert gudang.rows("select status_rekonsiliasi, keadaan, tenggat - sejak from quality.konflik order by 1, 3", "owner") == [
        *[("ditahan", "terbuka", 7)] * 5, ("kebijakan", "terbuka", 14)][-6:]  # fmt: skip
    assert transform(DAY)["skipped"]


def _nobody_picks_a_figure_without_a_basis(gudang: Gudang) -> None:
    sepauk = number_of(gudang, SEPAUK)
    for asked in (
        Asked("bulog", None, None, "BA/1"), Asked("bulog", None, "forum", " "), Asked("bulog", None, "walidata", "BA/1"),
        Asked(None, None, "forum", "BA/1"), Asked("bulog", "44", "forum", "BA/1"), Asked("dinas_lain", None, "forum", "BA/1"),
        Asked(None, "banyak", "forum", "BA/1"),
    ):  # fmt: skip
        with pytest.raises(WrongUsage):
            decide(sepauk, asked, "Walidata Sintang")
    with pytest.raises(WrongUsage, match="bernomor 9999"):
        discuss(9999, "Walidata Sintang")
    assert gudang.value("select count(*) from ops.decision", "owner") == 0
    discuss(sepauk, "Walidata Sintang", "Rapat hari Kamis")
    assert states(gudang)[SEPAUK] == ("dibahas", 0)


def _what_is_decided_is_published(gudang: Gudang) -> None:
    for kecamatan, asked in {
        SEPAUK: Asked("bulog", None, "kesepakatan", "BA/1"),
        TEMPUNAK: Asked(None, "42,5", "forum", "BA/2"),
        SUNGAI_TEBELIAN: Asked("dkp", None, "kepala_daerah", "BA/3"),
        KETUNGAU_HILIR: Asked("dkp", None, "forum", "BA/4"),
    }.items():
        decide(number_of(gudang, kecamatan), asked, "Walidata Sintang")
    transform(DAY)
    assert published(gudang) == {
        SEPAUK: ("diputuskan", 44), TEMPUNAK: ("diputuskan", 42.5), SUNGAI_TEBELIAN: ("diputuskan", 40), KETUNGAU_HILIR: ("diputuskan", 40),
        DEDAI: ("ditahan", None),
    }  # fmt: skip
    query = "select kode_wilayah, nilai_diputuskan::float, angka_dari, dasar, berita_acara, selisih::float, berlaku from mart.rekonsiliasi"
    assert gudang.rows(f"{query} order by keputusan_no") == [
        (SEPAUK, 44, "Perum Bulog", "kesepakatan", "BA/1", 3, True),
        (TEMPUNAK, 42.5, None, "forum", "BA/2", 4, True),
        (SUNGAI_TEBELIAN, 40, "Dinas Ketahanan Pangan", "kepala_daerah", "BA/3", 4, True),
        (KETUNGAU_HILIR, 40, "Dinas Ketahanan Pangan", "forum", "BA/4", 4, True),
    ]
    assert transform(DAY)["skipped"]


def _decisions_end_and_last(gudang: Gudang) -> None:
    """A figure that moved and a source that joined reopen; agreement closes; what moved within the tolerance, and an unrelated batch, change nothing."""
    gudang.accept(
        "sintang.bulog.stok", [stok(SEPAUK, 50), stok(TEMPUNAK, 44), stok(SUNGAI_TEBELIAN, 40), stok(KETUNGAU_HILIR, 44), stok(DEDAI, 44)]
    )
    gudang.accept(
        "sintang.dkp.stok", [stok(SEPAUK, 41), stok(TEMPUNAK, 40), stok(SUNGAI_TEBELIAN, 40), stok(KETUNGAU_HILIR, "40.2"), stok(DEDAI, 40)]
    )
    gudang.accept("sintang.kecamatan.stok", [stok(TEMPUNAK, "48.5")], penerbit=TEMPUNAK)
    gudang.accept("serang.bps.penduduk", [penduduk("36.73.01.1001", 7000)])
    transform(DAY)
    assert published(gudang) == {
        SEPAUK: ("ditahan", 44), TEMPUNAK: ("ditahan", 42.5), SUNGAI_TEBELIAN: ("sama", 40), KETUNGAU_HILIR: ("diputuskan", 40), DEDAI: ("ditahan", None),
    }  # fmt: skip
    assert states(gudang) == {
        SEPAUK: ("terbuka", 1), TEMPUNAK: ("terbuka", 1), SUNGAI_TEBELIAN: ("selesai", 0), KETUNGAU_HILIR: ("diputuskan", 0), DEDAI: ("terbuka", 0),
    }  # fmt: skip
    why = dict(gudang.rows("select berita_acara, ended_why from ops.decision where ended_on is not null", "owner"))
    assert why == {
        "BA/1": "Berubah sejak diputuskan: 61.05/bulog 44 menjadi 50.",
        "BA/2": "Berubah sejak diputuskan: 61.05/kecamatan/61.05.02 (baru) menjadi 48,5.",
        "BA/3": "Angkanya kini sama.",
    }
    assert gudang.rows("select opd from quality.konflik_angka where pelapor ~ 'kecamatan'", "owner") == [("Kecamatan Tempunak",)]
    _the_journal_holds_all_of_it(gudang)
    assert transform(DAY)["skipped"]


def _the_journal_holds_all_of_it(gudang: Gudang) -> None:
    """What the records left last of each row is what the ledger says: it can be made again without the database."""
    kept: dict[str, dict[str, object]] = {}
    records = [archive().get_json(path) for _, path in sorted(archive().records("journal"))]
    for record in (one for one in records if one["kind"].startswith("conflict.")):
        for table, found in record["content"]["rows"].items():
            keys = KEYS[table]
            kept.setdefault(table, {}).update({str([row[name] for name in keys]): row for row in found})
    assert kept.keys() == KEYS.keys()
    for table, found in kept.items():
        assert [one for (one,) in gudang.rows(f"select to_jsonb(t) from {table} t", "owner") if one not in found.values()] == []


def _a_held_figure_outlives_the_published_table(gudang: Gudang) -> None:
    """A warehouse made again has an empty mart; what was held there must not become an empty cell, nor a disputed figure. One is decided for a kecamatan."""
    before = published(gudang)
    decide(number_of(gudang, TEMPUNAK), Asked("Kecamatan Tempunak", None, "forum", "BA/5"), "Walidata Sintang")
    with gudang.database.connect("owner") as conn:
        conn.execute("delete from mart.fct_neraca_pangan")
    gudang.accept("serang.bps.penduduk", [penduduk("36.73.01.1001", 7100)])
    transform(DAY)
    assert published(gudang) == before | {TEMPUNAK: ("diputuskan", 48.5)}
    assert gudang.rows("select nilai_diputuskan, angka_dari from mart.rekonsiliasi where berita_acara = 'BA/5'") == [
        (48.5, "Kecamatan Tempunak")
    ]
