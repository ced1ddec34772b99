"""`satudata release withdraw`: names and words only; what is said before and after is the same, so that nobody withdraws what they did not mean."""

from __future__ import annotations

import json
from typing import Any

import click

from satudata.commands.acting import AS_JSON, BY, name_of
from warehouse.names import shown


@click.command("withdraw")
@click.argument("table", metavar="[TABEL]", required=False)
@click.argument("cocok", metavar="[KOLOM=NILAI]...", nargs=-1)
@click.option("--dataset", help="Tarik seluruh dataset ini, alih-alih baris tertentu.")
@click.option("--juga", "others", multiple=True, metavar="TABEL", help="Tabel lain yang barisnya ikut ditarik; boleh diulang.")
@click.option("--versi-lama", "old", is_flag=True, help="Kosongkan TABEL, sebuah versi lama yang sudah digantikan.")
@click.option(
    "--lihat", "look_only", is_flag=True, help="Hanya tunjukkan baris mana di tabel mana yang akan ditarik; tidak ada yang ditarik."
)
@click.option("--alasan", "reason", help="Mengapa; tersimpan bersama tindakannya. Wajib kecuali dengan --lihat.")
@BY
@AS_JSON
def withdraw_command(
    table: str | None, cocok: tuple[str, ...], dataset: str | None, others: tuple[str, ...], old: bool, look_only: bool, reason: str | None,
    by: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Tarik angka untuk seterusnya: baris TABEL yang kolomnya berisi nilai itu, atau seluruh --dataset. Lihat dahulu dengan --lihat."""
    match = _match(cocok)
    if bool(dataset) == bool(table) or bool(table) and bool(match) == old:
        raise click.UsageError("Sebut TABEL dengan KOLOM=NILAI, TABEL dengan --versi-lama, atau --dataset ID.")
    if look_only and old:
        raise click.UsageError("--versi-lama mengosongkan seluruh tabelnya; tidak ada baris yang dipilih untuk dilihat.")
    if not look_only and not reason:
        raise click.UsageError("Sebut mengapa ditarik dengan --alasan, atau lihat dahulu dengan --lihat.")
    found = _foreseen(table, others, match, dataset) if look_only else _withdrawn(table, others, match, dataset, name_of(by), str(reason))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        (_show_foreseen if look_only else _show)(found)


def _foreseen(table: str | None, others: tuple[str, ...], match: dict[str, str], dataset: str | None) -> dict[str, Any]:
    from satudata.releases import foresee

    return foresee.foresee_dataset(dataset) if dataset else foresee.foresee_rows([str(table), *others], match)


def _withdrawn(
    table: str | None, others: tuple[str, ...], match: dict[str, str], dataset: str | None, by: str, reason: str
) -> dict[str, Any]:
    from satudata.releases import withdraw

    if dataset:
        return withdraw.withdraw_dataset(dataset, by, reason)
    return (
        withdraw.withdraw_rows([str(table), *others], match, by, reason) if match else withdraw.withdraw_old_version(str(table), by, reason)
    )


def _match(pairs: tuple[str, ...]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise click.UsageError(f"`{pair}` bukan KOLOM=NILAI, misalnya kode_wilayah=61.05.03.")
    return {name.strip(): value.strip() for name, _, value in (pair.partition("=") for pair in pairs)}


def _show_foreseen(found: dict[str, Any]) -> None:
    click.echo("Yang akan ditarik:" if found["rows"] else "Tidak ada baris terbit yang cocok; yang cocok kelak tidak akan terbit.")
    for name, rows in found["rows"].items():
        click.echo(f"  {shown(name)}: {rows} baris")
        for key in found["first"][name]:
            click.echo(f"    {' '.join(f'{column}={value}' for column, value in key.items())}")
        if rows > len(found["first"][name]):
            click.echo(f"    dan {rows - len(found['first'][name])} lagi")
    if found["anew"]:
        click.echo("Yang akan dihitung ulang tanpa angka itu:")
    for name, rows in found["anew"].items():
        click.echo(f"  {shown(name)}: {rows} baris")
    _show_around(found)
    click.echo("Belum ada yang ditarik; ulangi tanpa --lihat, dengan --alasan.")


def _show(found: dict[str, Any]) -> None:
    click.echo(f"Rilis {found['release_id']}: ditarik dari tabel dan dari catatan rilis.")
    for name, rows in sorted(found["changes"].items()):
        if rows:
            click.echo(f"  {shown(name)}: -{rows}")
    if found.get("rebuilt"):
        click.echo(f"Tabel gabungan sudah dihitung ulang tanpa angka itu (rilis {found['rebuilt']}).")
    if found.get("why_not"):
        click.echo(f"Tabel gabungan BELUM dihitung ulang: {found['why_not']} Sesudah itu jalankan `satudata release publish`.")
    _show_around(found)


def _show_around(found: dict[str, Any]) -> None:
    """Where the same figures stand on: in what the rows were computed from, and in other tables."""
    for one in found.get("origins") or ():
        whose = f", dari {', '.join(one['datasets'])}" if one["datasets"] else ""
        click.echo(
            f"  {shown(one['table'])} dihitung dari {shown(one['source'])} ({one['rows']} baris{whose}); di sana angkanya tetap terbit."
        )
        pairs = " ".join(f"{column}={value}" for column, value in one["key"].items())
        click.echo(
            f"    Tarik di sana{', misalnya' if one['rows'] > 1 else ''}: satudata release withdraw {one['source']} {pairs} --alasan ..."
        )
    for name in found.get("old_versions") or ():
        click.echo(f"  {shown(name)} adalah versi lama yang tidak dihitung ulang, jadi angkanya tetap di sana; kosongkan dengan:")
        click.echo(f"    satudata release withdraw {name} --versi-lama --alasan ...")
    for name, rows in (found.get("copies") or {}).items():
        click.echo(
            f"  Periksa juga {shown(name)}: {rows} baris bernilai sama di semua kolom itu; tarik dengan --juga {name} bila itu salinannya."
        )
