"""`satudata report`: what each agency is to mend, as files to hand over."""

from __future__ import annotations

from pathlib import Path

import click

from contracts import clock
from contracts.settings import settings
from satudata.finding_report.report import write_reports
from satudata.session import warehouse


@click.command("report")
@click.option("--opd", help="Hanya OPD ini, misalnya disdagin; bila beberapa pemda memakai kode yang sama: 61.05_disdagin.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan; bawaan: laporan/<tanggal> di SATUDATA_HOME.")
def report_command(opd: str | None, out: Path | None) -> None:
    """Tulis laporan temuan setiap OPD: temuan.xlsx dan CSV, dengan berkas, lembar, baris, dan apa yang seharusnya.

    Isinya menjawab enam pertanyaan di docs/pertanyaan.md. Data pribadi disamarkan.
    """
    folder = out or settings().home / "laporan" / clock.today().isoformat()
    with warehouse("steward") as conn:
        agencies = write_reports(conn, folder, opd)
    for agency in agencies:
        found = "tidak ada yang perlu diperbaiki" if agency.clean else f"{agency.rows['3_baris_yang_salah']} kelompok baris salah, " \
            f"{agency.rows['4_temuan_dan_tenggat']} temuan terbuka"  # fmt: skip
        click.echo(f"{' '.join(filter(None, [agency.pemda, agency.nama]))}: {found}. {agency.folder / 'temuan.xlsx'}")
    if not agencies:
        click.echo("Belum ada data yang diambil. Jalankan `satudata run` lebih dahulu.")
