"""`satudata conflict`: figures on which agencies differ, from the list to the minutes of the meeting; each command calls one use case."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.commands.listing import show
from satudata.commands.whole_list import WholeList
from satudata.local_time import local


@click.group("conflict", cls=WholeList)
def conflict() -> None:
    """Konflik: angka yang berbeda antar-OPD; daftar, bahas, putuskan, berita acara."""


@conflict.command("list")
@click.option("--semua", "everything", is_flag=True, help="Juga yang sudah selesai.")
@AS_JSON
def list_command(everything: bool, as_json: bool) -> None:
    """Konflik yang belum selesai: angka setiap OPD, tenggat, dan siapa yang harus bertindak."""
    from satudata.conflicts.listed import listed

    found = listed(everything=everything)
    if as_json:
        click.echo(json.dumps({"conflicts": found}, ensure_ascii=False, default=str))
        return
    if not found:
        click.echo("Tidak ada angka yang berbeda antar-OPD.")
        return
    names = ("konflik_id", "objek", "wilayah", "periode", "angka", "terbit", "keadaan", "tenggat", "harus_bertindak")
    rows = [[{**one, "terbit": _published(one)}.get(name) for name in names] for one in found]
    show(["nomor", *(name.replace("_", " ") for name in names[1:])], rows, whole=["nomor", "tenggat"])
    click.echo(
        "Lihat satu: satudata conflict show NOMOR. Catat keputusan: satudata conflict decide NOMOR ...; bahan rapat: satudata conflict minutes."
    )


@conflict.command("show")
@click.argument("nomor", type=int)
@AS_JSON
def show_command(nomor: int, as_json: bool) -> None:
    """Satu konflik: angka setiap OPD dengan sumbernya, dan perjalanannya."""
    from satudata.conflicts.listed import shown

    found = shown(nomor)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    click.echo(
        f"Konflik {nomor}: {found['objek']}, {_said(found.get('wilayah') or found['kode_wilayah'])}, {found['periode']} ({found['keadaan']})"
    )
    for one in found["laporan"]:
        said = f"{_figure(one['nilai'])} {one['satuan'] or ''}".strip()
        other = f"tercatat {_figure(one['nilai_asal'])} {one['satuan_asal']}, " if one["satuan_asal"] not in (None, one["satuan"]) else ""
        click.echo(f"  {one['opd']}: {said}  [{other}{one['dataset']}, diambil {local(one['diambil_pada'])}]")
    for one in found["perjalanan"]:
        click.echo(f"  {one['tanggal']}  {one['kejadian']}  {_said(one['oleh'])}  {_said(one['keterangan'])}".rstrip())
    if found.get("harus_bertindak"):
        click.echo(f"Harus bertindak: {found['harus_bertindak']}, tenggat {found['tenggat']}.")


@conflict.command("discuss")
@click.argument("nomor", type=int)
@click.option("--alasan", "note", help="Catatan, misalnya kapan dan dengan siapa.")
@BY
def discuss_command(nomor: int, note: str | None, by: str | None) -> None:
    """Catat bahwa konflik NOMOR sedang dibahas."""
    from satudata.conflicts.acts import discuss

    discuss(nomor, name_of(by), note)
    click.echo(
        f"Konflik {nomor} sedang dibahas. Bila sudah disepakati: `satudata conflict decide {nomor} --pakai OPD --dasar ... --berita-acara NOMOR`."
    )


@conflict.command("decide")
@click.argument("nomor", type=int)
@click.option("--pakai", metavar="OPD", help="Terbitkan angka OPD ini.")
@click.option("--nilai", metavar="ANGKA", help="Terbitkan angka lain yang disepakati, dalam satuan konfliknya.")
@click.option("--dasar", help="Dasarnya: kesepakatan (para Produsen), forum, atau kepala_daerah.")
@click.option("--berita-acara", "minutes", metavar="NOMOR", help="Nomor berita acaranya.")
@click.option("--alasan", "reason", help="Penjelasan.")
@BY
@AS_JSON
def decide_command(
    nomor: int,
    pakai: str | None,
    nilai: str | None,
    dasar: str | None,
    minutes: str | None,
    reason: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Catat keputusan atas konflik NOMOR; terbit pada rilis berikutnya."""
    from satudata.conflicts.acts import Asked, decide

    done = decide(nomor, Asked(pakai, nilai, dasar, minutes, reason), name_of(by))
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))
        return
    click.echo(
        f"Keputusan {done['decision_id']}: {done['nilai']} {done['satuan'] or ''} untuk konflik {nomor}, berita acara {done['berita_acara']}. "
        "Terbit dengan `satudata release publish`; dibuka kembali bila angka atau sumbernya berubah."
    )


@conflict.command("minutes")
@click.option("--minggu", "week", metavar="TAHUN-WMINGGU", help="Minggu ISO, misalnya 2026-W22 (bawaan: minggu ini).")
@click.option("--pemda", help="Hanya pemda ini, misalnya 61.05 (bawaan: semua yang punya konflik).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan (bawaan: berita_acara di SATUDATA_HOME).")
@AS_JSON
def minutes_command(week: str | None, pemda: str | None, out: Path | None, as_json: bool) -> None:
    """Tulis berita acara rekonsiliasi seminggu, XLSX dan PDF, per pasangan OPD."""
    from satudata.conflicts.minutes import write_minutes

    written = write_minutes(week, pemda, out)
    if as_json:
        click.echo(
            json.dumps(
                {"minutes": [{"nomor": one.number, "pemda": one.pemda, "files": [str(path) for path in one.files]} for one in written]}
            )
        )
        return
    for one in written:
        click.echo(f"{one.number}: {one.conflicts} konflik, {', '.join(str(path) for path in one.files)}")
    if not written:
        click.echo("Tidak ada konflik pada minggu itu.")


def _published(one: dict[str, Any]) -> str:
    return " ".join(str(part) for part in (one.get("status_rekonsiliasi"), _figure(one.get("angka_terbit"))) if part)


def _figure(value: Decimal | None) -> str:
    """A figure as the sentences of `quality.konflik` write it."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def _said(value: object) -> str:
    return "" if value is None else str(value)
