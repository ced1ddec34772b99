"""One entry of a pemda's daftar data (Perpres 39/2019 Ps 27): what the law requires to be said about a data item, once."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from contracts.durations import duration
from contracts.models.base import Strict, Texts, wrong

YaTidak = Literal["ya", "tidak"]
JenisData = Literal["statistik", "geospasial", "keuangan"]
"""Who is its Pembina Data depends on it (Perpres 39/2019 Ps 20)."""


def _span(text: str) -> str:
    try:
        duration(text)
    except ValueError:
        raise wrong(f"`{text}` bukan lama waktu", "misalnya 7d (hari) atau 2w (minggu)") from None
    return text


class Rekonsiliasi(Strict):
    """What happens when two OPD say different things about this item.

    `hold` where nothing is said: that one agency's figure may stand against another's is for the Forum to agree upon, not for a default.
    """

    policy: Literal["publish", "hold"] = Field(
        "hold", description="publish: the Produsen's figure; hold: the last released one until decided"
    )
    tolerance: float | None = Field(
        None, ge=0, description="Difference that still counts as the same figure, as a share; default: that of the dataset's concept"
    )
    deadline: Annotated[str, AfterValidator(_span)] = Field(
        "14d", description="How long after it was found a conflict may stay with the agencies, and then as long again with the Forum"
    )

    @property
    def deadline_days(self) -> int:
        """The deadline in whole days, a part of one counting as a day."""
        return math.ceil(duration(self.deadline).total_seconds() / 86_400)


class MsInd(Strict):
    """Metadata indikator, with the field names of the form (Peraturan BPS 5/2020)."""

    nama_indikator: str | None = None
    konsep: str | None = None
    definisi: str | None = None
    interpretasi: str | None = None
    metode: str | None = Field(None, description="Metode/rumus perhitungan")
    ukuran: str | None = None
    satuan: str | None = None
    klasifikasi: str | None = None
    komposit: YaTidak | None = None
    publikasi_indikator_pembangun: str | None = None
    nama_indikator_pembangun: Texts = ()
    kode_kegiatan_variabel_pembangun: str | None = None
    nama_variabel_pembangun: Texts = ()
    level_estimasi: str | None = None
    akses_umum: YaTidak | None = None


class MsVar(Strict):
    """Metadata variabel r101-r112; ``aturan_validasi`` is the legal home of a check."""

    nama_variabel: str | None = None
    konsep: str | None = None
    definisi: str | None = None
    referensi_pemilihan: str | None = None
    referensi_waktu: str | None = None
    alias: str | None = None
    ukuran: str | None = None
    satuan: str | None = None
    tipe_data: str | None = None
    klasifikasi_isian: str | None = None
    aturan_validasi: str | None = None
    kalimat_pertanyaan: str | None = None
    akses_umum: YaTidak | None = None


class DataItem(Strict):
    """One data item of ``sources/<pemda>/daftar_data.yml``.

    What is handed over late may be absent here: the item is then accepted and not published (`contracts.hand_over`).
    """

    kode: str = Field(min_length=1)
    nama: str = Field(min_length=1)
    produsen_data: str = Field(min_length=1, description="Exactly one OPD")
    jadwal_rilis: str | None = None
    prioritas: bool = False
    jenis_data: JenisData = "statistik"
    kelas_informasi: Literal["berkala", "serta_merta", "setiap_saat", "dikecualikan"] = "berkala"
    uji_konsekuensi: str | None = Field(None, description="Reference of the uji konsekuensi; needed by dikecualikan (Perki 1/2021 Ps 49)")
    urusan: str | None = None
    kode_dssd: str | None = Field(None, pattern=r"^\d\.\d{2}\.\d{6}$")
    bentuk: Literal["indikator", "variabel"] = Field("variabel", description="Which metadata form its figures need: MS-Ind or MS-Var")
    konsep: str | None = None
    definisi: str | None = None
    klasifikasi: str | None = None
    ukuran: str | None = None
    satuan: str | None = None
    ms_ind: MsInd | None = None
    ms_var: tuple[MsVar, ...] = ()
    ms_keg: dict[str, str] = Field({}, description="Metadata kegiatan: field of the form -> text")
    rekonsiliasi: Rekonsiliasi = Rekonsiliasi()

    @model_validator(mode="after")
    def excluded_with_reason(self) -> DataItem:
        if self.kelas_informasi == "dikecualikan" and not self.uji_konsekuensi:
            raise wrong("informasi dikecualikan tanpa uji konsekuensi", "`uji_konsekuensi` berisi nomor penetapan PPID")
        return self
