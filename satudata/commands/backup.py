"""`satudata backup` and `satudata restore`: names, progress and words only; what they do stands in `satudata.backup`."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from contracts.errors import WrongUsage
from contracts.settings import settings
from satudata.backup.place import Manifest
from satudata.commands.acting import AS_JSON
from satudata.commands.progress import progress

PLACE = click.argument("place", metavar="[FOLDER|URL]", required=False)
STAMP = click.option("--dari", "stamp", metavar="CAP", help="Cadangan tertentu, misalnya 20260601T023000Z (bawaan: yang terbaru).")


@click.command("backup")
@PLACE
@click.option("--verify", "only_verify", is_flag=True, help="Tidak mencadangkan; baca cadangan yang ada sampai habis dan cocokkan.")
@click.option("--simpan", "keep", type=click.IntRange(1), help="Berapa cadangan basis data terbaru yang disimpan (bawaan: semua).")
@STAMP
@AS_JSON
def backup_command(place: str | None, only_verify: bool, keep: int | None, stamp: str | None, as_json: bool) -> None:
    """Cadangkan basis data dan arsip ke FOLDER atau URL (bawaan: SATUDATA_BACKUP_URL); dari arsip hanya yang belum ada di sana."""
    from satudata.backup.make import backup, verify

    where = _place(place)
    with progress(quiet=as_json) as told:
        if only_verify:
            manifest, problems = verify(where, told, stamp)
            said = f"Cadangan {manifest.stamp} dibaca sampai habis: {_size(manifest)}"
        else:
            made = backup(where, told, keep)
            manifest, problems = made.manifest, list(made.problems)  # type: ignore[arg-type]
            said = f"Cadangan {manifest.stamp} selesai: {_size(manifest)}, {made.copied} di antaranya baru"
    if as_json:
        wrong = [{"class": one.error_class, "message": one.message} for one in problems]
        click.echo(json.dumps({"manifest": asdict(manifest), "problems": wrong}, ensure_ascii=False))
    else:
        click.echo(f"{said}.")
        for one in problems:
            click.echo(one.message, err=True)
    if problems:
        raise SystemExit(1)


@click.command("restore")
@PLACE
@STAMP
@click.option("--timpa", "overwrite", is_flag=True, help="Gantikan gudang data yang tidak kosong; isinya yang sekarang hilang.")
@AS_JSON
def restore_command(place: str | None, stamp: str | None, overwrite: bool, as_json: bool) -> None:
    """Pulihkan dari cadangan ke gudang data dan arsip yang disebut pengaturan, lalu susulkan yang tercatat di jurnal sesudahnya."""
    from satudata.backup.bring_back import restore

    with progress(quiet=as_json) as told:
        done = restore(_place(place), told, stamp, overwrite=overwrite)
    if as_json:
        wrong = [{"class": one.error_class, "message": one.message} for one in done.after.problems]
        click.echo(json.dumps({"manifest": asdict(done.manifest), "copied": done.copied, "problems": wrong}, ensure_ascii=False))
    else:
        click.echo(f"Dipulihkan dari cadangan {done.manifest.stamp}: {_size(done.manifest)}, {done.copied} disalin ke arsip.")
        for one in done.after.problems:
            click.echo(one.message, err=True)
    if done.after.problems:
        raise SystemExit(1)


def _place(named: str | None) -> str:
    where = named or settings().backup_url
    if not where:
        raise WrongUsage("Tempat cadangan tidak disebut", "Tulis foldernya atau alamat s3://..., atau isi SATUDATA_BACKUP_URL")
    return where


def _size(manifest: Manifest) -> str:
    size = (manifest.dump.bytes + manifest.archive_bytes) / 1e6
    counted = ", ".join(f"{count} {name}" for name, count in manifest.counts.items())
    return f"{counted}; {manifest.objects} berkas arsip, {size:.1f} MB"
