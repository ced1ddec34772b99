"""Prevents the page that contracts are written by from promising another severity than a rule has."""

from __future__ import annotations

import re
from pathlib import Path

from contracts.models.checks import DEFAULT_SEVERITY

PAGE = Path(__file__).parents[2] / "docs" / "kontrak.md"
ROW = re.compile(r"^\| `(fail|hold|quarantine|warn)` \| (.+?) \|", re.MULTILINE)


def test_the_page_lists_every_rule_under_its_default_severity() -> None:
    told = {rule: severity for severity, rules in ROW.findall(PAGE.read_text()) for rule in re.findall("`([a-z_]+)`", rules)}
    assert told == DEFAULT_SEVERITY
