"""Kab. Kubu Raya (61.12): every office's own application, down to the desa; on day 2 one has moved its columns and one is down."""

from __future__ import annotations

from samples.sites.kubu_raya import bps, desa, diskominfo, lingkungan, pelayanan, setda, warga

ROUTES = {
    **warga.ROUTES, **pelayanan.ROUTES, **lingkungan.ROUTES, **desa.ROUTES, **setda.ROUTES, **diskominfo.ROUTES, **bps.ROUTES,
}  # fmt: skip
