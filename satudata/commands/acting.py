"""Who acts, and why: the two questions that every command answers which changes what the ledger says of a finding."""

from __future__ import annotations

import getpass
import os

import click

BY = click.option("--oleh", "by", help="Siapa yang bertindak (bawaan: SATUDATA_NAMA, atau nama pengguna).")
WHY = click.option("--alasan", "reason", required=True, help="Mengapa; tersimpan bersama tindakannya.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")


def name_of(by: str | None) -> str:
    """The name given, else SATUDATA_NAMA, else the login name."""
    return (by or os.environ.get("SATUDATA_NAMA") or getpass.getuser()).strip()
