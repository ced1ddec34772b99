"""Kota Serang (36.73): which OPD keeps its site alive (published facts of 2024, samples of a later day), what it publishes, and who lives where."""

from __future__ import annotations

from samples.sites.serang import situs, terbuka, warga

ROUTES = {**situs.ROUTES, **terbuka.ROUTES, **warga.ROUTES}
