"""One column of a contract: where its text comes from, what type it is, and what it means."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from contracts.models.base import Range, Strict, Texts, ordered, wrong
from contracts.text import as_stored

ColumnType = Literal[
    "text", "integer", "decimal", "percent", "boolean", "date", "timestamp",
    "period", "code", "wilayah", "unit", "latitude", "longitude",
]  # fmt: skip
Numbers = Literal["id", "en", "plain"]
Level = Literal["provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan"]
CodeSystem = Literal["kemendagri", "bps", "dapodik"]
Pribadi = Literal["nama", "nik", "kk", "telepon", "surel", "alamat"]

ORIGINS = ("from", "join", "parts", "header", "group", "title", "file_name", "sheet_name", "url", "document", "fetched", "value")
"""The keys that say where a column's text comes from; at most one of them, none means the column's own name or ``unpivot.value``."""

ABOVE = "above"
"""As ``blank``: an empty cell means what the nearest cell above it says."""


def _sentence(value: str) -> str:
    if not (said := as_stored(value)):
        raise wrong("kosong", "sebuah kalimat tentang arti kolom ini, atau hapus `description`")
    return said


Meaning = Annotated[str, Field(max_length=1_000), AfterValidator(_sentence)]


class TitleOrigin(Strict):
    """A text found in the cells above the header, as one item of ``join``."""

    title: str


class Column(Strict):
    """One typed column; the keys are those of the contract page, in its order."""

    from_: Texts | None = Field(None, alias="from", min_length=1, description="Header of the column, or a list of its other spellings")
    join: tuple[str | TitleOrigin, ...] | None = Field(None, min_length=1, description="Texts joined with a space")
    parts: tuple[str, ...] | None = Field(None, min_length=1, description="Code parts, padded and joined as the code system prescribes")
    header: str | None = Field(None, description="A named group of unpivot.headers")
    group: str | None = Field(None, description="Given by a group row or by table.every")
    title: str | None = Field(None, description="Regex on the cells above the header; group 1 is the text")
    file_name: str | None = Field(None, description="Regex on the file name; groups joined with a space")
    sheet_name: str | None = Field(None, description="Regex on the sheet name; groups joined with a space")
    url: str | None = Field(None, description="Regex on the URL; groups joined with a space")
    document: str | None = Field(None, description="A field outside the records")
    fetched: bool | None = Field(None, description="The time of fetch")
    value: str | None = Field(None, description="A constant")

    type: ColumnType
    description: Meaning | None = Field(None, description="What it means, for whoever reads the published table")
    extract: str | None = Field(None, description="Regex; group 1 becomes the text, no match is not castable")
    format: Texts | None = Field(None, min_length=1, description="Date or period format; a list is alternatives")
    numbers: Numbers | None = Field(None, description="Convention of numbers in text cells")
    missing: Texts | None = Field(None, description="Missing signs of this column, beside the contract's")
    zero: Texts | None = Field(None, description="Signs that mean 0")
    blank: str | None = Field(None, description="The value meant by an empty cell; above: that of the cell above it")
    codes: dict[str, str] | None = Field(None, description="Inline code list: published sign -> value")
    required: bool = False
    optional: bool = Field(False, description="The header may lack it")

    unit: str | None = None
    unit_from: str | None = Field(None, description="Column that holds the unit")
    indikator: str | None = Field(None, description="This wide measure is one fct_indikator row of this indicator")
    klasifikasi: dict[str, str] | None = None

    reference: str | None = Field(None, description="Reference list under sources/references")
    level: Level | None = None
    within: str | None = Field(None, description="Parent code, or the column that holds the parent")
    system: CodeSystem = "kemendagri"
    bare_name_is: Literal["kabupaten", "kota"] | None = None
    unknown: Literal["wait", "keep_null"] = Field("wait", description="keep_null: an unresolved region does not hold the row back")
    pribadi: Pribadi | None = None

    range: Annotated[Range | None, AfterValidator(ordered)] = None
    in_: tuple[str, ...] | None = Field(None, alias="in", min_length=1, description="Allowed texts")

    @model_validator(mode="after")
    def one_origin(self) -> Column:
        given = self.origins()
        if len(given) > 1:
            raise wrong(f"asal teks kolom disebut lebih dari sekali ({', '.join(given)})", "tepat satu asal per kolom")
        return self

    def origins(self) -> list[str]:
        """The origin keys this column has: at most one once it is valid."""
        return [name for name in ORIGINS if getattr(self, "from_" if name == "from" else name) is not None]

    @property
    def origin(self) -> str | None:
        """The key that says where the text comes from; None = the column's own name as header, or ``unpivot.value``."""
        return next(iter(self.origins()), None)

    @property
    def is_number(self) -> bool:
        return self.type in ("integer", "decimal", "percent", "latitude", "longitude")
