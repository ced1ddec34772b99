"""The kinds of journal records and how each is done again. Whoever writes a new kind adds a line here; `tests/rebuild` finds one that is missing.

An act whose effect is all in small tables of `ops` needs nothing of its own: its record keeps the rows it left (`wrote` of
`warehouse.acts.Act`), and `rows` brings them back. An act that moves figures is done again by the function that carried it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from satudata.journal.batches import BATCH
from satudata.journal.releases import ACROSS, AGREED, KEPT_BACK, RELEASE, STOPPED, TESTS
from satudata.rebuild import decisions, releases, verdicts
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Record

Redo = Callable[[Ground, Record], None]
"""Does a record again and says so (`Ground.did`) in the same transaction. Raises: `SatudataError` where it cannot be done."""

KINDS: Mapping[str, Redo] = {
    BATCH: verdicts.verdict,
    "quarantine.replay": verdicts.replayed,
    "quarantine.reject": decisions.reject,
    "review.approve": decisions.review,
    "review.return": decisions.review,
    "issue.ack": decisions.issue,
    "issue.assign": decisions.issue,
    "waiver.add": decisions.rows,
    "waiver.end": decisions.rows,
    "mapping.assign": decisions.rows,
    "reference.load": decisions.rows,
    "score": decisions.noted,
    "digest": decisions.noted,
    ACROSS: decisions.judged_across,
    KEPT_BACK: decisions.kept_back,
    AGREED: decisions.agreed,
    STOPPED: decisions.stopped,
    "conflict.settle": decisions.rows,
    "conflict.discuss": decisions.rows,
    "conflict.decide": decisions.rows,
    TESTS: releases.tests,
    RELEASE: releases.release,
    "release.rollback": releases.rolled_back,
    "release.resume": releases.resumed,
    "release.withdraw": releases.withdrawn,
}
