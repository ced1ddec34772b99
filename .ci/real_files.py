"""Counts the real files that tests really ran on: without them the pipeline would stay green on invented data alone."""

from __future__ import annotations

import sys
from xml.etree import ElementTree


def ran(report: str) -> set[str]:
    """The real files of a junit report whose test was not skipped."""
    cases = ElementTree.parse(report).iter("testcase")
    return {
        str(mark.get("value"))
        for case in cases
        if case.find("skipped") is None
        for mark in case.iter("property")
        if mark.get("name") == "real_file"
    }


if __name__ == "__main__":
    least, *reports = sys.argv[1:]
    found = set().union(*map(ran, reports))
    print(f"== {len(found)} real files ran (at least {least})")
    sys.exit(len(found) < int(least))
