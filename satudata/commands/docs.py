"""`satudata docs`: the site of what the checks found and what the models make of it, to be opened in any browser, also without a network."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from satudata.data_docs.models import build_model_docs
from satudata.data_docs.personal import know_what_is_personal, site_folder
from satudata.data_docs.site import build_site
from satudata.session import warehouse
from warehouse.releases import newest


@click.command("docs")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan; bawaan: data_docs di SATUDATA_HOME.")
@click.option("--buka", is_flag=True, help="Buka di peramban.")
def docs_command(out: Path | None, buka: bool) -> None:
    """Bangun situs hasil pemeriksaan (Great Expectations Data Docs) dan keterangan setiap tabel mart (dbt docs).

    Hanya hasil yang belum punya halaman yang digambar, sehingga waktunya tidak bertambah bersama riwayat. Keterangan tabel ditulis ulang bila
    modelnya atau rilisnya berganti; sebelum rilis pertama belum ada.
    """
    folder = out or site_folder()
    know_what_is_personal()
    with warehouse("steward") as conn:
        last = newest(conn)
        models = build_model_docs(folder / "model", last.release_id) if last else None
        built = build_site(conn, folder)
    click.echo(f"{built.index}: {built.drawn} halaman baru, {built.kept} sudah ada, {built.removed} dihapus.")
    if models:
        click.echo(f"{models}: arti setiap tabel dan kolom.")
    if buka and not webbrowser.open(built.index.resolve().as_uri()):
        click.echo("Peramban tidak ditemukan; buka berkas itu dengan tangan.")
