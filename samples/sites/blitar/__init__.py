"""Kota Blitar (35.72): social figures per kelurahan, from many offices in as many manners."""

from __future__ import annotations

from samples.sites.blitar import dinkes, dinsos, disdik, dp3ap2kb, keagamaan

ROUTES = {**dinsos.ROUTES, **dinkes.ROUTES, **disdik.ROUTES, **keagamaan.ROUTES, **dp3ap2kb.ROUTES}
