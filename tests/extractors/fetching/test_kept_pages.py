"""Pages that were kept are judged once more by what they declare: nobody walks over them when a batch is tried or judged again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts import errors
from extractors.fetching.kept_pages import check_kept_pages
from extractors.source_file import SourceFile
from tests.extractors.fetching.conftest import Desk
from tests.servers.hostile_pages import RECORDS


@pytest.mark.real_file
def test_a_page_handed_over_by_itself_is_incomplete_too(desk: Desk, shared: Path) -> None:
    """Fails when `source try CONTRACT FILE` passes one captured page of many, because no fetch walked over it."""
    page = shared / "data" / "garut_api_datasets_halaman.json"
    pages = {"by": "page", "number": "page", "last": "datasets.last_page", "total": "datasets.total"}
    whole = {"kind": "json_api", "url": "x.json", "records": "datasets.data.*"}
    file = SourceFile(page, page.name)
    check_kept_pages(desk.dataset(whole).contract.source, [file])
    with pytest.raises(errors.IncompletePages, match="10 dari 328"):
        check_kept_pages(desk.dataset(whole | {"pages": pages}).contract.source, [file])


def test_kept_rows_of_a_datastore_are_counted(desk: Desk, tmp_path: Path) -> None:
    """Fails when CKAN's own total is not looked at because a contract need not name it."""
    (tmp_path / "a.json").write_text(json.dumps({"result": {"total": 23, "records": RECORDS[:20]}}))
    (tmp_path / "b.json").write_text(json.dumps({"result": {"total": 23, "records": RECORDS[20:]}}))
    source = desk.dataset({"kind": "ckan", "url": "a.json", "package": "x", "pages": {"by": "offset"}}).contract.source
    files = [SourceFile(tmp_path / name, name) for name in ("a.json", "b.json")]
    check_kept_pages(source, files)
    with pytest.raises(errors.IncompletePages, match="20 dari 23"):
        check_kept_pages(source, files[:1])
