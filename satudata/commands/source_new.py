"""`satudata source new`: a first contract for an address or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from satudata.source_try import TryResult


@click.command("new")
@click.argument("place", metavar="URL|BERKAS")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Tulis kontraknya ke sini (bawaan: ke layar).")
@click.option("--id", "dataset_id", help="Id dataset (bawaan: jalurnya di bawah sources/).")
@click.option("--force", is_flag=True, help="Timpa berkas --out yang sudah ada.")
@click.option(
    "--try/--no-try", "trial", default=True, show_default=True, help="Coba kontraknya pada data yang diambil, laporkan di stderr."
)
def new(place: str, out: Path | None, dataset_id: str | None, force: bool, trial: bool) -> None:
    """Tebak kontrak sebuah sumber: ambil sekali, kenali tabel, kolom, dan kuncinya; yang perlu diperiksa orang diberi `# periksa:`."""
    from satudata.source_new import new_contract, write_new

    if out is not None and out.exists() and not force:
        raise click.UsageError(f"{out} sudah ada; pilih jalur lain, atau timpa dengan --force.")
    found = new_contract(place, beside=out.parent if out else _folder_of_output(), dataset_id=dataset_id, trial=trial)
    if out is None:
        click.echo(found.text, nl=False)
    else:
        write_new(found.text, out, force=force)
        click.echo(f"Kontrak ditulis ke {out}.", err=True)
        if found.is_delivered:
            click.echo(_delivery(place, out, dataset_id), err=True)
    if found.tried is not None:
        click.echo(_outcome(found.tried), err=True)


def _folder_of_output() -> Path:
    """Where the printed contract ends up: the folder of the YAML that stdout is sent to, else the current one."""
    try:
        target = Path("/proc/self/fd/1").readlink()
    except OSError:
        return Path.cwd()
    return target.parent if target.suffix in (".yml", ".yaml") and target.is_file() else Path.cwd()


def _delivery(file: str, out: Path, dataset_id: str | None) -> str:
    from contracts.settings import settings
    from contracts.sources_folder import default_id

    name = dataset_id or default_id(out.resolve(), settings().sources.resolve())
    return f"Berkasnya di luar folder sources, jadi dibaca dari kotak masuk: salin {file} ke {settings().inbox / name}/, lalu `satudata run {name}`."


def _outcome(tried: TryResult) -> str:
    from satudata.commands.source_try import VERDICTS

    dropped = sum(tried.dropped.values())
    lines = [
        f"Percobaan: {VERDICTS[tried.state]}; dibaca {tried.read}, calon {tried.fetched} = diterima {tried.accepted}"
        f" + dikarantina {tried.quarantined} + dibuang {dropped}" + (f"; menunggu kode {tried.waiting}" if tried.waiting else "")
    ]
    lines += [f"  {tried.error_class or ''} {tried.message}"] if tried.message else []
    lines += [f"  dikarantina, {row.lokasi}: {' '.join(row.messages)}" for row in tried.set_aside]
    return "\n".join(lines)
