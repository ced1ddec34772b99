"""The strictness every part of a contract shares.

A contract is written by hand, so an unknown key is a typing error and never a silent extra. Scalars arrive as
text (``yaml.CBaseLoader``): pydantic converts them where the field says number, and leaves ``61.10`` alone where it says text.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


def wrong(problem: str, should_be: str) -> PydanticCustomError:
    """An error of the language itself, in the two halves that a contract author reads: what is wrong, what would be right."""
    return PydanticCustomError("contract", "{problem}. {should_be}", {"problem": problem, "should_be": should_be})


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list, json_schema_input_type=str | tuple[str, ...]),
]
"""One text or a list of them; always read as a tuple."""

Where = dict[str, str]
"""Header or column -> regular expression on its text; all must match; ``^$`` is an empty cell."""


def _open_end(value: object) -> object:
    return None if value in ("", "~", "null") else value


N = TypeVar("N", bound=float)
Range = tuple[Annotated[float | None, BeforeValidator(_open_end)], Annotated[float | None, BeforeValidator(_open_end)]]
"""[lowest, highest]; ``null`` or nothing leaves that end open."""
Characters = Annotated[int, Field(ge=0, le=1_000_000)]
Length = tuple[Annotated[Characters | None, BeforeValidator(_open_end)], Annotated[Characters | None, BeforeValidator(_open_end)]]
"""[shortest, longest] in characters."""


def ordered(value: tuple[N | None, N | None] | None) -> tuple[N | None, N | None] | None:
    """The range itself.

    Raises: an error of the language when it stands the wrong way round or says nothing.
    """
    if value is None:
        return None
    low, high = value
    if low is None and high is None:
        raise wrong("rentang tanpa batas tidak memeriksa apa pun", "[terkecil, terbesar] dengan sedikitnya satu angka")
    if low is not None and high is not None and low > high:
        raise wrong(f"batas bawah {low:g} lebih besar daripada batas atas {high:g}", f"[{high:g}, {low:g}]")
    return value
