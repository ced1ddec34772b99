"""Kota Kediri (35.71): points on the map and people from five offices; the profile of each of the 46 kelurahan comes through the inbox."""

from __future__ import annotations

from samples.sites.kediri import titik, warga

ROUTES = {**titik.ROUTES, **warga.ROUTES}
