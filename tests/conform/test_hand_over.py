"""Prevents that figures are published before their metadata is handed over, and that they stay back once it is (Perpres 39/2019 Ps 33)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from satudata.source_check import check_sources
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import PPKS, ppks
from warehouse.metadata_gaps import keep_back_without_metadata, write_gaps
from warehouse.releases import Release

DAY = date(2026, 6, 2)
NOW = datetime(2026, 6, 2, tzinfo=UTC)
PPKS_ID = "kediri.dinsos.ppks"
ITEM = "- {kode: ppks, nama: PPKS, produsen_data: dinsos, jenis_data: geospasial, konsep: k, definisi: d, klasifikasi: l, ukuran: u, satuan: orang}\n"
GAPS = "select dataset, item, missing from ops.metadata_gap"
PUBLISHED = "select count(*) from mart.sosial_kelurahan"


def test_figures_wait_for_their_metadata(gudang: Gudang) -> None:
    """Accepted, pinned and told; published by the first transform after the field is filled in."""
    listed = gudang.sources / "kediri" / "daftar_data.yml"
    listed.write_text(ITEM.replace("satuan: orang", "satuan: ''"))
    gudang.contract(PPKS_ID, f"item: [ppks]\n{PPKS}")
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 2)])
    transform(DAY)
    assert gudang.value(PUBLISHED) == 0
    assert gudang.rows(GAPS, "owner") == [(PPKS_ID, "ppks", ["satuan"])]
    assert gudang.rows("select kind, up_to_no from ops.pin", "owner") == [("metadata", 0)]
    report = check_sources()
    assert (report.exit_code, ["`ppks` belum lengkap" in gap and "(satuan)" in gap for gap in report.gaps]) == (0, [True])

    listed.write_text(ITEM)
    assert check_sources().gaps == ()
    transform(DAY)
    assert gudang.value(PUBLISHED) == 1
    assert gudang.rows("select kind from ops.pin union all select item from ops.metadata_gap", "owner") == []


def test_a_field_emptied_later_leaves_yesterdays_figures(gudang: Gudang) -> None:
    """An item nobody has listed lacks everything; what a release showed before is shown on, and other datasets know nothing of it."""
    for penerbit in ("a", "b"):
        gudang.contract(PPKS_ID, PPKS)
        gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 2)], penerbit)
    last = Release(1, 1, None, NOW)  # it saw the first publisher
    with gudang.database.connect("transformer", autocommit=True) as conn:
        assert keep_back_without_metadata(conn, {PPKS_ID: {"ppks": ("satuan",)}, "a.b.c": {}}, last, NOW) == [PPKS_ID]
        assert gudang.rows("select penerbit, kind, up_to_no from ops.pin order by 1", "owner") == [
            ("a", "metadata", 1),
            ("b", "metadata", 1),
        ]
        write_gaps(conn, PPKS_ID, {"lain": ("konsep", "satuan")}, NOW)
        assert gudang.rows(GAPS, "owner") == [(PPKS_ID, "lain", ["konsep", "satuan"])]
        assert keep_back_without_metadata(conn, {"a.b.c": {}}, last, NOW) == []
        assert len(gudang.rows("select 1 from ops.pin", "owner")) == 2  # its contract cannot be read today: nothing is let out
        assert keep_back_without_metadata(conn, {PPKS_ID: {}}, last, NOW) == []
    assert gudang.rows("select kind from ops.pin union all select item from ops.metadata_gap", "owner") == []
