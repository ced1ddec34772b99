"""Rules that the rows themselves suggest: an address list that keeps to one kind of site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from satudata.new_contract.draft import ColumnDraft, RowDraft
from satudata.new_contract.sample import Column

_SITE = re.compile(r"https?://(?:[a-z0-9-]+\.)*?(?P<domain>[a-z0-9-]+\.[a-z]{2,})(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
NEARLY_ALL = 0.95
FEWEST = 20


def site_check(column: ColumnDraft, data: Sequence[Column]) -> RowDraft | None:
    """The domain under which nearly all addresses of a column stand, as a rule; None where they share none."""
    texts = next((each.filled for each in data if each.header == column.header), Counter[str]())
    if column.type != "text" or texts.total() < FEWEST:
        return None
    domains: Counter[str] = Counter()
    for text, count in texts.items():
        if match := _SITE.fullmatch(text):
            domains[match["domain"].lower()] += count
    domain, count = next(iter(domains.most_common(1)), ("", 0))
    if count < NEARLY_ALL * texts.total() or count == texts.total():
        return None
    pattern = rf"^https?://[a-z0-9.-]+\.{re.escape(domain)}"
    keys: dict[str, object] = {"rule": "regex", "column": column.name, "pattern": pattern, "severity": "quarantine"}
    return RowDraft(keys, f"{texts.total() - count} alamat di luar {domain}")
