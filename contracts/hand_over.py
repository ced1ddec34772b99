"""What is still to be handed over of a data item: data come with Standar Data and Metadata (Perpres 39/2019 Ps 33), or are not published.

The five fields of Standar Data (Ps 4), and for statistics the fields of the form its kind needs (Peraturan BPS 5/2020): MS-Ind for an
indicator, MS-Var for a variable. What Standar Data says already need not be said again in the form.
"""

from __future__ import annotations

from contracts.dataset import Dataset
from contracts.models.base import Strict
from contracts.models.data_item import DataItem

STANDAR_DATA = ("konsep", "definisi", "klasifikasi", "ukuran", "satuan")
MS_IND = ("interpretasi", "metode", "komposit", "level_estimasi", "akses_umum")
OF_COMPOSITE = ("publikasi_indikator_pembangun", "nama_indikator_pembangun")
OF_SIMPLE = ("kode_kegiatan_variabel_pembangun", "nama_variabel_pembangun")
MS_VAR = ("nama_variabel", "referensi_waktu", "tipe_data", "klasifikasi_isian", "aturan_validasi", "kalimat_pertanyaan", "akses_umum")
UNLISTED = "entri di daftar_data.yml"


def missing_fields(item: DataItem) -> tuple[str, ...]:
    """The fields that are still to be filled in, such as `satuan`, `ms_ind.metode`, or `ms_var[2].tipe_data`; () when all has been handed over."""
    missing = [name for name in STANDAR_DATA if not _said(item, name)]
    if item.jenis_data == "statistik":
        missing += _indicator(item) if item.bentuk == "indikator" else _variables(item)
    return tuple(missing)


def metadata_gaps(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """Data item -> what is missing of it, for every item that the dataset's contract names and that is not complete."""
    found = {item.kode: missing_fields(item) for item in dataset.items}
    gaps = {code: found.get(code, (UNLISTED,)) for code in dataset.contract.item}
    return {code: missing for code, missing in gaps.items() if missing}


def _indicator(item: DataItem) -> list[str]:
    if item.ms_ind is None:
        return ["ms_ind"]
    made_of = {"ya": OF_COMPOSITE, "tidak": OF_SIMPLE}.get(item.ms_ind.komposit or "", ())
    return [f"ms_ind.{name}" for name in (*MS_IND, *made_of) if not _said(item.ms_ind, name)]


def _variables(item: DataItem) -> list[str]:
    if not item.ms_var:
        return ["ms_var"]
    return [f"ms_var[{n}].{name}" for n, one in enumerate(item.ms_var, start=1) for name in MS_VAR if not _said(one, name)]


def _said(part: Strict, name: str) -> bool:
    """Is there anything but spaces?"""
    value = getattr(part, name)
    return bool(value.strip() if isinstance(value, str) else value)
