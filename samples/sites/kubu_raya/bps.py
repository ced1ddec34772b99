"""What BPS says of Kubu Raya: a dynamic table of its web API."""

from __future__ import annotations

from samples.figures import sample
from samples.portals import bps_table
from samples.replies import Reply, Request

YEARS = (2022, 2023, 2024, 2025)
PLACES = {6112: "Kubu Raya", 9999: "<b>Kalimantan Barat</b>"}


def ipm(request: Request) -> Reply:
    """The human development index of four years, with the province beside it."""
    figures = {(place, year): sample(6600, 7400, "ipm", place, year) / 100 for place in PLACES for year in YEARS}
    return bps_table((413, "Indeks Pembangunan Manusia (contoh)", "Indeks"), PLACES, YEARS, figures)


ROUTES = {"/kuburaya/bps/v1/api/list/model/data/domain/6112/var/413": ipm}
