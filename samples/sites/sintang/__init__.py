"""Kab. Sintang (61.05): prices, stock and need of staples from offices that do not ask each other, and now and then say different figures."""

from __future__ import annotations

from samples.sites.sintang import lapangan, portal

ROUTES = {**portal.ROUTES, **lapangan.ROUTES}
