"""The strictness every part of a contract shares.

A contract is written by hand, so an unknown key is a typing error and never a silent extra. Scalars arrive as
text (``yaml.CBaseLoader``): pydantic converts them where the field says number, and leaves ``61.10`` alone where it says text.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Strict(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""One text or a list of them; always read as a tuple."""

Where = dict[str, str]
"""Header or column -> regular expression on its text; all must match; ``^$`` is an empty cell."""

Range = tuple[float | None, float | None]
