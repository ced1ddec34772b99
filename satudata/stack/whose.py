"""Whose data a stack runs, in a sentence: who has just started the sample city must not take its figures for those of a pemda."""

from __future__ import annotations

from pathlib import Path

from contracts.sources_folder import read_pemda_folder
from satudata.stack import city

OWN = "Untuk data sendiri: `SATUDATA_SOURCES=/folder/kontrak SATUDATA_HOME=/folder/gudang satudata up`."
"""With a home of its own, else the city's figures stay published beside one's own."""


def whose(sources: Path) -> str:
    """Which folder of contracts is run and whose it is; for the sample city also how to run one's own."""
    pemda = f"kontrak di {sources} ({', '.join(_names(sources)) or 'belum ada pemda.yml'})"
    return f"Yang berjalan: kota contoh (situs dan angkanya rekaan), {pemda}. {OWN}" if city.wanted(sources) else f"Yang berjalan: {pemda}."


def _names(sources: Path) -> list[str]:
    """The pemda by their names; one whose file cannot be read by the name of its folder."""
    folders = sorted(file.parent for file in sources.glob("*/pemda.yml"))
    return [pemda.nama if (pemda := read_pemda_folder(folder).pemda) else folder.name for folder in folders]
