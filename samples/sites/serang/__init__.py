"""Kota Serang (36.73): which OPD keeps its site alive (published facts of 2024, and samples of a later day), and who lives where."""

from __future__ import annotations

from samples.sites.serang import situs, warga

ROUTES = {**situs.ROUTES, **warga.ROUTES}
