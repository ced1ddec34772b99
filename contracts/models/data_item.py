"""One entry of a pemda's daftar data (Perpres 39/2019 Ps 27): what the law requires to be said about a data item, once."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from contracts.models.base import Strict, Texts, wrong

YaTidak = Literal["ya", "tidak"]
JenisData = Literal["statistik", "geospasial", "keuangan"]
"""Who is its Pembina Data depends on it (Perpres 39/2019 Ps 20)."""


class Rekonsiliasi(Strict):
    """What happens when two OPD say different things about this item."""

    policy: Literal["publish", "hold"] = "publish"
    tolerance: float = Field(0, ge=0, description="Difference that still counts as the same figure, as a share")
    deadline: str | None = Field(None, description="How long after the period ends the figures may wait, such as 7d")


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
