"""One validation result as a page: Great Expectations' own renderer and view, without the servers its pages load styles, scripts and pictures from."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResultSchema
from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
from great_expectations.render.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, FileSystemLoader, Template

from expectations import vocabulary  # our expectations: a stored result names them
from expectations.data_docs.words import in_indonesian

HERE = Path(__file__).parent
assert vocabulary


def render(stored: Mapping[str, Any], title: str, about: str) -> str:
    """HTML of a `result` of `ops.validation_result`; it needs nothing from anywhere else."""
    document = ValidationResultsPageRenderer().render(ExpectationSuiteValidationResultSchema().load(_readable(stored)))
    said = in_indonesian(document.to_json_dict())
    overview = said["sections"][0]["content_blocks"]
    del overview[2:], overview[0]["subheader"]  # links to pages there are none of, names of a staging table that is gone
    return _template().render(sections=said["sections"], title=title, about=about, style=(HERE / "style.css").read_text())


@cache
def _template() -> Template:
    view = DefaultJinjaPageView()
    view.env.loader = ChoiceLoader([FileSystemLoader(HERE), view.env.loader])
    template: Template = view.env.get_template("page.j2")
    return template


def _readable(stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the renderer must be told beside: the share that GX works out for its own expectations only, and words that are no markup."""
    result = deepcopy(dict(stored))
    result["meta"] = {key: value for key, value in result["meta"].items() if key == "great_expectations_version"}
    for one in result["results"]:
        config, found = one["expectation_config"], one["result"]
        config["description"] = escape(config.get("description") or config["meta"]["rule_id"])
        if found.get("observed_value") is not None:
            found["observed_value"] = escape(str(found["observed_value"]))  # of a code it is what an agency published
        if found.get("element_count") and "unexpected_percent" not in found:
            found["unexpected_percent"] = 100 * found["unexpected_count"] / found["element_count"]
    return result
