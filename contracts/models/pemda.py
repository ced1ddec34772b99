"""Whose data it is: the pemda, its agencies (OPD), and the datasets that were retired."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from contracts.models.base import Strict, Texts, wrong
from contracts.models.data_item import JenisData
from contracts.region_shapes import LEVELS, level_of_code
from contracts.secrets import has_secret
from contracts.zones import EXAMPLES, is_zone

DUE_DAYS = 14
"""Of a pemda that does not say otherwise: working days within which what is found is to be mended."""
_CODE = re.compile(r"\d{2}(?:\.\d{2})?")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?=.{1,189}$)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


def _known_zone(zone: str) -> str:
    if not is_zone(zone):
        raise wrong(f"zona waktu `{zone}` tidak dikenal", EXAMPLES)
    return zone


def _own_code(code: str) -> str:
    if not _CODE.fullmatch(code):
        is_longer = (level_of_code(code, "kemendagri") or level_of_code(code, "bps")) not in (None, *LEVELS[:2])
        problem = "kode kecamatan atau desa, bukan kode sebuah pemda" if is_longer else "bukan kode Kemendagri sebuah pemda"
        raise wrong(
            f"`{code}` {problem}",
            'kode Kemendagri dengan titik, PP.KK untuk kabupaten/kota ("61.05") atau PP untuk provinsi ("61"); bukan kode BPS',
        )
    return code


def _addresses(addresses: tuple[str, ...]) -> tuple[str, ...]:
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise wrong(f"`{address}` bukan alamat surel", "satu alamat per butir tanpa nama orang, misalnya data@dinkes.kota.go.id")
    return addresses


def _plain_sites(sites: dict[str, str]) -> dict[str, str]:
    for name, url in sites.items():
        if has_secret(url):
            raise wrong(f"situs `{name}` memuat kata sandi atau kunci", "alamat tanpa rahasia; rahasia disimpan lewat `credentials`")
    return sites


class Pemda(Strict):
    """``sources/<pemda>/pemda.yml``."""

    kode: Annotated[str, AfterValidator(_own_code)] = Field(description="Kode Kemendagri: 35.71 for a kabupaten/kota, 35 for a province")
    nama: str
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Jakarta"
    walidata: str | None = Field(None, description="The one OPD that is Walidata (Perpres 39/2019 Ps 21)")
    tenggat_hari_kerja: int = Field(
        DUE_DAYS, ge=1, le=365, description="Working days within which a Produsen mends what was returned (Ps 34)"
    )
    batas_sensor: int = Field(5, ge=1, le=1000, description="Counts of persons below it are not shown to everybody (docs/privasi.md)")
    pembina: dict[JenisData, Texts] = Field({}, description="Jenis data -> who decides as its Pembina Data (Perpres 39/2019 Ps 20)")
    situs: Annotated[dict[str, str], AfterValidator(_plain_sites)] = Field({}, description="X -> address that ${X} stands for in contracts")


class Opd(Strict):
    """One agency of ``sources/<pemda>/opd.yml``, by its id: the name of its folder."""

    nama: str
    singkatan: str | None = None
    urusan: Texts = Field((), description="Kode urusan pemerintahan")
    situs: str | None = Field(None, description="Its public site, for the activity monitor")
    berlaku_dari: date | None = None
    berlaku_sampai: date | None = None
    digantikan_oleh: Texts = Field((), description="The OPD that continue it after a merger or a new name")
    surel: Annotated[Texts, AfterValidator(_addresses)] = Field(
        (), description="E-mail addresses of the agency that are told of its findings"
    )


def retired_name(dataset: str, penerbit: str) -> str:
    """What one publisher of a dataset is called in ``sources/retired.yml``; ``-`` stands for the rows that came without a publisher."""
    return f"{dataset} {penerbit or '-'}"


class Retired(Strict):
    """One dataset of ``sources/retired.yml``, by its id, or one publisher of it (`retired_name`): it ended on purpose and did not merely vanish."""

    sejak: date = Field(description="From this day of a run on its figures are published no more")
    alasan: str
    dasar: str | None = Field(None, description="What it rests on: a regulation, a letter, minutes")
    digantikan_oleh: Texts = ()
