"""`satudata lineage`: names and words only; what it does stands in `satudata.lineage`."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from satudata.commands.acting import AS_JSON
from satudata.local_time import local
from warehouse.names import shown

if TYPE_CHECKING:
    from satudata.lineage.follow import Lineage, Origin

MOST_SHOWN = 20


@click.command("lineage")
@click.argument("tabel")
@click.argument("kunci", nargs=-1)
@click.option("--semua", "everything", is_flag=True, help=f"Semua baris asal, bukan hanya {MOST_SHOWN} yang pertama dari setiap jalan.")
@AS_JSON
def lineage_command(tabel: str, kunci: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Asal satu baris TABEL (mart.neraca_pangan) sampai ke berkasnya di arsip. KUNCI: kolom=nilai, dari kuncinya atau kolom lain.

    Contoh: satudata lineage mart.neraca_pangan kode_wilayah=61.05.03 kode_komoditas=beras minggu=2026-05-25
    """
    from satudata.lineage.follow import lineage

    found = lineage(tabel, kunci)
    if as_json:
        click.echo(json.dumps(_object(found), ensure_ascii=False, default=str))
    else:
        for line in _lines(found, None if everything else MOST_SHOWN):
            click.echo(line)
    if found.damaged:
        raise click.exceptions.Exit(1)


def _object(found: Lineage) -> dict[str, object]:
    release = found.release and {
        "release_id": found.release.release_id,
        "published_at": found.release.published_at,
        "cut_no": found.release.cut_no,
    }
    return {
        "table": shown(found.row.table), "key": found.row.key, "row": found.row.values, "release": release, "made_of": found.made_of or None,
        "list_sha256": found.list_sha256 or None, "origins": [asdict(one) for one in found.origins],
    }  # fmt: skip


def _lines(found: Lineage, most: int | None) -> list[str]:
    lines = [f"{shown(found.row.table)}  {' '.join(f'{name}={value}' for name, value in found.row.key.items())}"]
    lines += [f"  {name} = {value}" for name, value in found.row.values.items() if name not in found.row.key and value is not None]
    if found.release:
        lines.append(
            f"rilis {found.release.release_id}, terbit {local(found.release.published_at)}, sampai nomor terima {found.release.cut_no}"
        )
    if found.made_of:
        return [*lines, f"berasal dari {found.made_of}" + (f" (sha256 {found.list_sha256})" if found.list_sha256 else "")]
    if not found.origins:
        lines.append("Tidak ada baris yang diterima di balik baris ini: semua angkanya kosong, atau nol karena belum ada yang melapor.")
    for (way, columns), members in groupby(found.origins, key=lambda one: (one.melalui, one.kolom)):
        origins = list(members)
        feeds = f" -> {', '.join(columns)}" if columns else ""
        lines.append(f"{way}{feeds}: {len(origins)} baris")
        lines += [line for one in origins[:most] for line in _origin(one)]
        if most is not None and len(origins) > most:
            lines.append(f"  ... dan {len(origins) - most} baris lain; lihat semuanya dengan --semua atau --json.")
    return lines


def _origin(one: Origin) -> list[str]:
    whose = " ".join(filter(None, [one.dataset, one.penerbit]))
    speaks = "" if one.berbicara else " (melaporkan objek yang sama; bukan angka yang terbit)"
    lines = [
        f"  {whose}{f', {one.produsen}' if one.produsen else ''}{speaks}",
        f"    tempat    {one.berkas or '-'}, {one.lokasi or '-'}",
        f"    batch     {one.batch_id}, nomor terima {one.nomor_terima}; pengambilan {one.fetch_id or '-'} pada {local(one.diambil_pada)}",
        f"    alamat    {one.url or '-'}",
        f"    arsip     {one.alamat_arsip or '-'}: {one.arsip}",
        f"    kontrak   sha256 {one.contract_sha256 or '-'}",
        f"    program   {one.code_version or '-'}",
    ]
    if one.isi is not None:
        lines.append("    isi       " + "; ".join(_cell(one, name, text) for name, text in one.isi.items()))
    return [*lines, f"    catatan   {one.catatan}"] if one.catatan else lines


def _cell(one: Origin, name: str, text: str | None) -> str:
    return f"{name}: (kosong)" if text is None else f"{name}: {text} {one.satuan.get(name, '')}".rstrip()
