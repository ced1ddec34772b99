"""`satudata docs`: the site of what the checks found, to be opened in any browser, also without a network."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from contracts.settings import settings
from satudata.data_docs.site import build_site
from satudata.session import warehouse


@click.command("docs")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan; bawaan: data_docs di SATUDATA_HOME.")
@click.option("--buka", is_flag=True, help="Buka di peramban.")
def docs_command(out: Path | None, buka: bool) -> None:
    """Bangun situs hasil pemeriksaan (Great Expectations Data Docs) dari hasil yang tersimpan.

    Hanya hasil yang belum punya halaman yang digambar, sehingga waktunya tidak bertambah bersama riwayat.
    """
    with warehouse("steward") as conn:
        built = build_site(conn, out or settings().home / "data_docs")
    click.echo(f"{built.index}: {built.drawn} halaman baru, {built.kept} sudah ada, {built.removed} dihapus.")
    if buka and not webbrowser.open(built.index.resolve().as_uri()):
        click.echo("Peramban tidak ditemukan; buka berkas itu dengan tangan.")
