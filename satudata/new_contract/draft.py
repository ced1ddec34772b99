"""A contract while it is being guessed: plain keys and the comments that say which of them a person should check."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class ColumnDraft:
    """One column; ``keys`` in the order in which they are written."""

    name: str
    keys: dict[str, object]
    note: str = ""
    header: str = ""
    """The published header it stands for; '' where it comes from elsewhere."""
    grain: str = ""
    """Of a column of times."""

    @property
    def type(self) -> str:
        return str(self.keys["type"])

    @property
    def is_measure(self) -> bool:
        return self.type in ("integer", "decimal", "percent")

    @property
    def is_time(self) -> bool:
        return self.type in ("date", "timestamp", "period")

    def as_text(self, note: str) -> None:
        """Fall back to the type that takes anything."""
        kept = {
            key: value for key, value in self.keys.items() if key in ("from", "header", "group", "title", "file_name", "pribadi", "blank")
        }
        self.keys, self.note, self.grain = {**kept, "type": "text"}, note, ""


@dataclass
class RowDraft:
    """One entry of ``rows:``."""

    keys: dict[str, object]
    note: str = ""


@dataclass
class Draft:
    """The whole contract."""

    title: str
    source: dict[str, object]
    id: str | None = None
    table: dict[str, object] = field(default_factory=dict)
    rows: list[RowDraft] = field(default_factory=list)
    unpivot: dict[str, object] = field(default_factory=dict)
    unpivot_note: str = ""
    columns: list[ColumnDraft] = field(default_factory=list)
    ignore: dict[str, str] = field(default_factory=dict)
    """Header -> why."""
    extra: bool = True
    """Whether unknown headers are told."""
    flags: dict[str, str] = field(default_factory=dict)
    """Mark behind a figure -> what it says of it."""
    period: dict[str, object] = field(default_factory=dict)
    period_note: str = ""
    key: list[str] = field(default_factory=list)
    key_note: str = ""
    same_rows: str = "fail"
    max_quarantined: float | None = None
    checks: list[RowDraft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    last_notes: list[str] = field(default_factory=list)
    """What is told below the contract."""

    @property
    def write(self) -> str:
        return "replace_period" if self.period else "snapshot"

    def column(self, name: str) -> ColumnDraft:
        """A column by its name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> set[str]:
        return {column.name for column in self.columns}
