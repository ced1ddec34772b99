"""Which letter an address gets: an agency is told what to mend in its file, the Walidata what only he can decide or change."""

from __future__ import annotations

from satudata.notices import desk, wording
from satudata.notices.told import Digest


def body_of(digest: Digest) -> str:
    """The whole letter."""
    return desk.body_of(digest) if digest.owner.is_desk else wording.body_of(digest)
