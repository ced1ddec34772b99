"""Prevents the site of check results from contradicting the ledger, from needing a network, and from slowing down as history grows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from satudata.data_docs import site
from satudata.data_docs.site import build_site
from tests.quality.conftest import NAME, NIK, City

ICONS = {"fa-check-circle": "pass", "fa-times": "fail", "fa-exclamation-triangle": "error"}


@pytest.fixture(scope="module")
def built(city: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("situs")
    made = build_site(city.conn, out)
    assert made.drawn >= 5
    assert made.kept == made.removed == 0
    return out


def outcomes(page: Path) -> dict[str, str]:
    """Rule -> outcome, as a reader sees them on a page."""
    found = {}
    for row in html.fromstring(page.read_text()).iterfind(".//tbody/tr"):
        cells = row.findall("td")
        icon = cells[0].find(".//i")
        if icon is not None and len(cells) == 3:
            rule_id = cells[1].text_content().strip().split(": seharusnya")[0]
            found[rule_id] = next(outcome for name, outcome in ICONS.items() if name in icon.get("class"))
    return found


def test_every_page_says_what_the_ledger_says(city: City, built: Path) -> None:
    """Rule by rule, and no rule of GX is missing or too many."""
    pages = list((built / "validasi").glob("*.html"))
    assert pages
    for page in pages:
        told = city.ask(f"select rule_id, outcome from ops.check_result where validation_id = '{page.stem}'")
        assert outcomes(page) == {rule_id: "pass" if outcome == "skipped" else outcome for rule_id, outcome in told}
        failed = [rule_id for rule_id, outcome in told if outcome == "fail"]
        assert page.read_text().count("baris melanggar (") == len([one for one in failed if one != "volume"])


def test_the_index_leads_to_every_page_and_counts_as_the_ledger_does(city: City, built: Path) -> None:
    index = html.parse(str(built / "index.html"))
    assert {link.get("href") for link in index.iterfind(".//a")} == {
        f"validasi/{page.name}" for page in (built / "validasi").glob("*.html")
    }
    told = city.ask(
        "select count(*) filter (where outcome = 'pass'), count(*) filter (where outcome in ('fail', 'error')) from ops.check_result"
    )
    rows = [[cell.text_content().strip() for cell in row.findall("td")] for row in index.iterfind(".//tbody/tr")]
    assert [(sum(int(row[3]) for row in rows), sum(int(row[4]) for row in rows))] == told
    assert {row[2] for row in rows} == {"diterima", "ditahan", "gagal"}


def test_it_needs_nothing_from_anywhere(built: Path) -> None:
    """No address, no script, and a page may load nothing even if there were one."""
    for page in built.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r"https?:|//cdn|<script|<img|<link|url\(", text), page
        assert "default-src 'none'" in text


def test_nothing_personal_is_on_it(built: Path) -> None:
    for page in built.rglob("*.html"):
        assert NAME not in page.read_text()
        assert NIK not in page.read_text()


def test_what_is_drawn_is_not_drawn_again(city: City, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time follows what is new; of a long history only the last batches are shown, and older pages go."""
    monkeypatch.setattr(site, "_drawn", lambda conn, wanted: iter([]) if not wanted else pytest.fail("drawn again"))
    again = build_site(city.conn, built)
    assert (again.drawn, again.removed) == (0, 0)
    fewer = build_site(city.conn, built, kept=1)
    assert fewer.drawn == 0
    assert fewer.removed > 0
    assert len(list((built / "validasi").glob("*.html"))) == fewer.kept


def test_pages_of_another_version_are_drawn_again(city: City, tmp_path: Path) -> None:
    first = build_site(city.conn, tmp_path, kept=1)
    (tmp_path / site.STAMP).write_text("lama")
    assert build_site(city.conn, tmp_path, kept=1).drawn == first.drawn


def test_the_words_of_a_contract_and_of_a_file_are_no_markup() -> None:
    """`n < 5`, `^A$` and a script in a contract's text or in a cell are shown as they stand."""
    from expectations.data_docs.page import render

    said = "uji: seharusnya ^A$ < 5 <script>alert(1)</script>"
    found = '<script>alert(2)</script> <a href="http://x">$n & 5</a>'  # as of an unknown code, which is what an agency published
    one = {
        "success": False, "result": {"element_count": 1, "unexpected_count": 1, "observed_value": found}, "meta": {},
        "exception_info": {"raised_exception": False, "exception_traceback": None, "exception_message": None},
        "expectation_config": {
            "type": "expect_column_codes_to_be_known", "kwargs": {"column": "n", "query": "true"}, "meta": {"rule_id": "uji"}, "description": said,
        },
    }  # fmt: skip
    counts = {"evaluated_expectations": 1, "successful_expectations": 1, "unsuccessful_expectations": 0, "success_percent": 100.0}
    stored = {"success": True, "results": [one], "suite_name": "batch", "suite_parameters": {}, "statistics": counts, "meta": {}}
    page = render(stored, "a<b", "c")
    assert not re.search('<script|<a href="http|alert\\(2\\)</script>', page)
    assert found in html.fromstring(page).text_content()
    assert said in html.fromstring(page).text_content()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("≈14.286%", "14,29%"), ("50%", "50%"), ("100%", "100%"), ("≈14.286% unexpected", "14,29% melanggar"), ("0% unexpected", "0% melanggar"),
        ("≈0.001%", "kurang dari 0,01%"), ("≈99.9999%", "lebih dari 99,99%"), ("harga.n: seharusnya 14.5% saja", "harga.n: seharusnya 14.5% saja"),
    ],
)  # fmt: skip
def test_a_share_is_told_without_noise(said: str, shown: str) -> None:
    from expectations.data_docs.words import in_indonesian

    assert in_indonesian({"text": said}) == {"text": shown}


def test_counts_of_rows_have_indonesian_thousands() -> None:
    from expectations.data_docs.words import in_indonesian

    assert in_indonesian({"unexpected_count": "1,234", "element_count": 9}) == {"unexpected_count": "1.234", "element_count": "9"}


def test_no_page_holds_a_sign_of_rounding(built: Path) -> None:
    assert not [page for page in built.rglob("*.html") if "≈" in page.read_text()]
