"""The `satudata` command: names and exit codes only; each command lives in `satudata.commands` and calls a use case.

Exit codes: 0 done (rows set aside included); 1 a batch failed or is held; 2 wrong usage or broken contract; 3 warehouse, archive or disk out of reach.
"""

from __future__ import annotations

import importlib
import signal
import sys
import traceback
from pathlib import Path
from tempfile import gettempdir
from types import FrameType
from typing import NoReturn

import click

from contracts.errors import SatudataError, StorageRefused
from contracts.settings import settings
from satudata.click_words import speak_indonesian

COMMANDS = {
    "source": "satudata.commands.source:source",
    "run": "satudata.commands.run:run_command",
    "status": "satudata.commands.status:status_command",
    "report": "satudata.commands.report:report_command",
    "docs": "satudata.commands.docs:docs_command",
    "review": "satudata.commands.review:review",
    "release": "satudata.commands.release:release",
    "reference": "satudata.commands.reference:reference",
    "mapping": "satudata.commands.mapping:mapping",
    "lineage": "satudata.commands.lineage:lineage_command",
    "export": "satudata.commands.export:export",
    "digest": "satudata.commands.digest:digest_command",
    "score": "satudata.commands.score:score_command",
    "quarantine": "satudata.commands.quarantine:quarantine",
    "conflict": "satudata.commands.conflict:conflict",
    "issue": "satudata.commands.issue:issue",
    "waiver": "satudata.commands.waiver:waiver",
    "housekeeping": "satudata.commands.housekeeping:housekeeping_command",
    "rebuild": "satudata.commands.rebuild:rebuild_command",
    "backup": "satudata.commands.backup:backup_command",
    "restore": "satudata.commands.backup:restore_command",
    "db": "satudata.commands.db:db",
    "demo": "satudata.commands.stack:demo_command",
    "up": "satudata.commands.stack:up_command",
    "down": "satudata.commands.stack:down_command",
}
"""Command -> where it lives. Imported when called, so that `--help` and `source check` never wait for Great Expectations or dbt."""

SUMMARIES = {
    "source": "Kontrak sumber: daftar, periksa, coba, buat baru.",
    "run": "Ambil dan muat dataset (tanpa Airflow).",
    "status": "Keadaan setiap dataset dan tabel terbit.",
    "report": "Laporan temuan setiap OPD: XLSX dan CSV.",
    "docs": "Situs hasil pemeriksaan (Great Expectations) dan arti setiap tabel (dbt docs).",
    "review": "Tinjauan: batch yang menunggu keputusan, setujui, kembalikan.",
    "release": "Bangun dan terbitkan tabel mart.",
    "reference": "Daftar acuan: muat daftar wilayah seluruh negeri.",
    "mapping": "Padanan: kode bagi teks yang belum dikenal.",
    "lineage": "Asal sebuah angka: dari tabel terbit sampai ke berkasnya di arsip.",
    "export": "Ekspor angka terbit, misalnya untuk SIPD e-Walidata.",
    "quarantine": "Baris yang dikarantina: daftar, lihat, nilai ulang, tolak.",
    "conflict": "Angka yang berbeda antar-OPD: daftar, bahas, putuskan, berita acara.",
    "issue": "Temuan: daftar, akui, tugaskan.",
    "waiver": "Pengecualian sebuah aturan: tambah, daftar, akhiri.",
    "digest": "Kabari setiap Produsen Data tentang temuannya.",
    "score": "Skor mutu setiap OPD.",
    "housekeeping": "Hapus catatan yang melewati masa simpannya.",
    "rebuild": "Bangun ulang gudang data dari arsip dan jurnalnya.",
    "backup": "Cadangkan basis data dan arsip.",
    "restore": "Pulihkan dari cadangan.",
    "db": "Alamat basis data.",
    "demo": "Jalankan kota contoh dari awal sampai terbit.",
    "up": "Nyalakan Postgres dan Airflow.",
    "down": "Matikan Postgres dan Airflow.",
}


speak_indonesian()


class Lazy(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Perintah"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def satudata() -> None:
    """Gudang data Satu Data: dari situs OPD sampai satu angka yang sah.

    Keadaan tersimpan di .satudata/ (SATUDATA_HOME). Mulai dengan `satudata source list`.
    """


def main() -> None:
    """Run the command; a failure is one Indonesian sentence on stderr and an exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        sys.exit(satudata.main(standalone_mode=False) or 0)  # click gives back the code of its Exit, or what the command returned
    except click.Abort:
        click.echo("Dihentikan. Yang sudah selesai tetap tersimpan; jalankan lagi untuk meneruskan.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except SatudataError as error:
        click.echo(error.message, err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        refused = StorageRefused(str(error.filename or settings().home), error.strerror or str(error))
        _kept_trace()
        click.echo(refused.message, err=True)
        sys.exit(refused.exit_code)
    except Exception as error:
        click.echo(f"Kesalahan program ({type(error).__name__}: {error}). {_kept_trace()}", err=True)
        sys.exit(1)


def _terminated(number: int, _: FrameType | None) -> NoReturn:
    """End as after Ctrl-C, so that programs that were started are stopped and staging is cleared, with the exit code of the signal."""
    click.echo("Dihentikan dari luar. Yang sudah selesai tetap tersimpan; jalankan lagi untuk meneruskan.", err=True)
    raise SystemExit(128 + number)


def _kept_trace() -> str:
    """Write where a fault of ours happened to a file of the installation, or where that cannot be, of the machine; the sentence that says so."""
    for folder in (settings().home, Path(gettempdir())):
        path = folder / "galat.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as log:
                traceback.print_exc(file=log)
        except OSError:
            continue
        return f"Jejaknya di {path}; sampaikan berkas itu kepada pengelola gudang data. Angka yang sudah terbit tidak berubah."
    return "Sampaikan kalimat ini kepada pengelola gudang data. Angka yang sudah terbit tidak berubah."
