"""Prevents that data are published whose Standar Data or Metadata was never handed over, and that complete ones are kept back (Perpres 39/2019 Ps 33)."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from contracts.hand_over import missing_fields
from contracts.models.data_item import DataItem

STANDAR = {"konsep": "k", "definisi": "d", "klasifikasi": "l", "ukuran": "u", "satuan": "s"}
VARIABEL = {
    "nama_variabel": "v", "referensi_waktu": "w", "tipe_data": "t", "klasifikasi_isian": "i", "aturan_validasi": "a",
    "kalimat_pertanyaan": "p", "akses_umum": "ya",
}  # fmt: skip
INDIKATOR = {
    "interpretasi": "i", "metode": "m", "komposit": "tidak", "kode_kegiatan_variabel_pembangun": "k", "nama_variabel_pembangun": ["v"],
    "level_estimasi": "kabupaten", "akses_umum": "ya",
}  # fmt: skip


def item(**given: Any) -> DataItem:
    return DataItem.model_validate({"kode": "x", "nama": "X", "produsen_data": "dinas", **given})


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (STANDAR | {"ms_var": [VARIABEL]}, ()),
        (STANDAR | {"ms_var": [VARIABEL | {"tipe_data": " "}, {}]},
         ("ms_var[1].tipe_data", *(f"ms_var[2].{name}" for name in VARIABEL))),
        (STANDAR, ("ms_var",)),
        (STANDAR | {"satuan": "", "konsep": None, "ms_var": [VARIABEL]}, ("konsep", "satuan")),
        (STANDAR | {"bentuk": "indikator", "ms_ind": INDIKATOR}, ()),
        (STANDAR | {"bentuk": "indikator", "ms_var": [VARIABEL]}, ("ms_ind",)),
        (STANDAR | {"bentuk": "indikator", "ms_ind": INDIKATOR | {"komposit": "ya"}},
         ("ms_ind.publikasi_indikator_pembangun", "ms_ind.nama_indikator_pembangun")),
        (STANDAR | {"bentuk": "indikator", "ms_ind": {}},
         ("ms_ind.interpretasi", "ms_ind.metode", "ms_ind.komposit", "ms_ind.level_estimasi", "ms_ind.akses_umum")),
        (STANDAR | {"jenis_data": "geospasial"}, ()),
        ({"jenis_data": "keuangan"}, tuple(STANDAR)),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(given: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert missing_fields(item(**given)) == missing


def test_a_deadline_that_is_no_span_of_time_is_refused() -> None:
    """Else a conflict would never be brought before the Forum."""
    assert item(rekonsiliasi={"deadline": "2w"}).rekonsiliasi.deadline_days == 14
    assert item().rekonsiliasi.policy == "hold"
    with pytest.raises(ValidationError, match="bukan lama waktu"):
        item(rekonsiliasi={"deadline": "besok"})
