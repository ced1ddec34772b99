"""`satudata export`: published figures for other systems of the state."""

from __future__ import annotations

from pathlib import Path

import click

from satudata.commands.whole_list import WholeList


@click.group("export", cls=WholeList)
def export() -> None:
    """Ekspor angka terbit untuk sistem pemerintah lain."""


@export.command("ewalidata")
@click.option("--pemda", required=True, help="Kode Kemendagri pemda, misalnya 35.72.")
@click.option("--tahun", type=click.IntRange(1945, 2100), required=True, help="Tahun angkanya.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Berkas tujuan, .csv atau .json; bawaan: JSON ke layar.")
def ewalidata_command(pemda: str, tahun: int, out: Path | None) -> None:
    """Angka tingkat pemda setahun dalam bentuk SIPD e-Walidata: kodeindikator (DSSD), kodepemda, tahun, data.

    Kode DSSD diisi Walidata di daftar_data.yml (`kode_dssd`). Angka yang belum punya kode disebut, dan tidak ikut diekspor.
    """
    from satudata.export.ewalidata import ewalidata
    from satudata.finding_report.files import written_whole

    found = ewalidata(pemda, tahun)
    if out is None:
        click.echo(found.as_json())
    else:
        with written_whole(out) as beside:
            beside.write_text(found.as_csv() if out.suffix.lower() == ".csv" else found.as_json(), encoding="utf-8")
    click.echo(f"{len(found.rows)} angka diekspor{f' ke {out}' if out else ''}.", err=True)
    if not found.rows and not found.without_code:
        click.echo(
            f"Tidak ada angka tahun {tahun} tentang {pemda} sendiri yang terbit; angka per kecamatan atau desa, dan yang dirinci, tidak dijumlahkan di sini.",
            err=True,
        )
    if found.without_code:
        click.echo(
            f"{len(found.without_code)} angka belum punya kode DSSD; isi `kode_dssd` di daftar_data.yml untuk data berikut:", err=True
        )
        for one in found.without_code:
            click.echo(f"  {one.kode_indikator}  {one.nama_indikator}", err=True)
