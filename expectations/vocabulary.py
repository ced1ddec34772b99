"""Our GX expectations: the rules for which GX has no word, or none that shares a scan with the others.

Each is a class only to have a type of its own in results and data docs; how they count is said once, in the two bases.
"""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.expectations.expectation import BatchExpectation

from expectations import metrics as _registered  # noqa: F401 - importing them registers them with GX

MOSTLY, FEW = 0.5, 3


class RowsExpectation(BatchExpectation):
    """No row of which the rule speaks (`rows`, all without it) breaks it (`fails`); both are SQL conditions on a row."""

    column: str | None = None
    fails: str = ""
    rows: str | None = None
    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.rows_in_scope", "table.failing_rows")
    success_keys: ClassVar[tuple[str, ...]] = ("column", "fails", "rows")

    @classmethod
    def is_abstract(cls) -> bool:
        return cls.__name__ == "RowsExpectation"

    def _validate(self, metrics: dict[str, Any], *_: object, **__: object) -> dict[str, Any]:
        return _counted(metrics["table.rows_in_scope"], metrics["table.failing_rows"])


class AnswerExpectation(BatchExpectation):
    """The answer of one query: rows asked about, rows that fail and, where it says so, examples; `places` are their places in it."""

    column: str | None = None
    columns: list[str] | None = None
    query: str = ""
    places: tuple[int, ...] = (0, 1)
    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.answer",)
    success_keys: ClassVar[tuple[str, ...]] = ("column", "columns", "query", "places")

    @classmethod
    def is_abstract(cls) -> bool:
        return cls.__name__ in ("AnswerExpectation", "ProbedExpectation")

    def _validate(self, metrics: dict[str, Any], *_: object, **__: object) -> dict[str, Any]:
        answer = metrics[self.metric_dependencies[0]]
        return _counted(*(answer[place] for place in self.places))


class ProbedExpectation(AnswerExpectation):
    """An answer asked for only where a cheap probe raises a suspicion."""

    probe: str = ""
    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.probed_answer",)
    success_keys: ClassVar[tuple[str, ...]] = ("columns", "probe", "query", "places")


def _counted(checked: int, failed: int, observed: str | None = None) -> dict[str, Any]:
    result = {"element_count": int(checked), "unexpected_count": int(failed)}
    return {"success": not failed, "result": result | ({"observed_value": observed} if observed else {})}


class ExpectColumnValuesToBeCastable(RowsExpectation):
    """What was published in the column can be read as its type."""


class ExpectColumnValuesToBeFilled(RowsExpectation):
    """The column is not empty."""


class ExpectKeyColumnToBeFilled(RowsExpectation):
    """The key column is not empty."""


class ExpectColumnValuesToSatisfy(RowsExpectation):
    """range, in_set, regex or length, on the rows that `where` names or on a column that is not text."""


class ExpectColumnsToCompare(RowsExpectation):
    """One column stands to another, or to a number, as the operator says."""


class ExpectColumnToEqualSumOfParts(RowsExpectation):
    """A column is the sum of others."""


class ExpectColumnToEqualMeanOfParts(RowsExpectation):
    """A column is the mean of others."""


class ExpectColumnToEqualMaxOfParts(RowsExpectation):
    """A column is the largest of others."""


class ExpectDatesToBeInOrder(RowsExpectation):
    """One date, time or period does not come after another."""


class ExpectPointsToBeInBox(RowsExpectation):
    """A point lies in a rectangle, or in the rectangle around a region."""


class ExpectAxesNotToBeSwapped(RowsExpectation):
    """A point outside Indonesia would not lie in it with its two coordinates exchanged."""


class ExpectRowsNotToBeJunk(RowsExpectation):
    """A row holds no trial of somebody's keyboard."""


class ExpectRowsToNameNobody(RowsExpectation):
    """No text of a row holds the number or the address of a person."""


class ExpectConditionNotToHold(RowsExpectation):
    """What the contract calls wrong is not so."""


class ExpectColumnRatioToBeBetween(RowsExpectation):
    """The ratio of two columns lies in a range."""


class ExpectColumnValuesNotToBeInTheFuture(RowsExpectation):
    """A date, time or period has begun by the run's date."""


class ExpectColumnToKeepItsType(RowsExpectation):
    """Most of what was published in the column is of its type."""

    def _validate(self, metrics: dict[str, Any], *_: object, **__: object) -> dict[str, Any]:
        published, unreadable = metrics["table.rows_in_scope"], metrics["table.failing_rows"]
        return _counted(published, unreadable) | {"success": unreadable < FEW or unreadable <= MOSTLY * published}


class ExpectKeyToBeUnique(ProbedExpectation):
    """No two rows have the same key."""


class ExpectObjectToBeNamedOnce(AnswerExpectation):
    """No two rows are about one object, however it is spelt."""


class ExpectClassesNotToSumUpOthers(AnswerExpectation):
    """No row is the total of the rows beside it."""


class ExpectRowsToDiffer(ProbedExpectation):
    """No two rows say the same in every column."""


class ExpectColumnChangeToBeWithin(AnswerExpectation):
    """A figure is near the last accepted one of the same key."""


class ExpectPeriodsToBelongTogether(RowsExpectation):
    """A row is of the time that its file is about."""


class ExpectColumnCodesToBeKnown(AnswerExpectation):
    """What was published means exactly one code."""


class ExpectColumnCodesToBeWrittenAlike(RowsExpectation):
    """A code is written as nearly all others of its column are."""


class ExpectColumnCodesToBeListed(AnswerExpectation):
    """The code stands in a list that is loaded here."""


class ExpectColumnCodesToFitTheirSystem(AnswerExpectation):
    """The codes are of the system that the contract names: where names stand beside them, they are those of the codes."""


class ExpectColumnToStayNearItsHistory(AnswerExpectation):
    """A figure does not leave those before and after it by more than the usual steps of its history."""


class ExpectColumnToEqualAnotherDataset(AnswerExpectation):
    """A figure is the one that another dataset states."""


class ExpectColumnToKeepItsThousands(AnswerExpectation):
    """A figure is not about a thousandth of what it is measured by."""


class ExpectColumnToKeepItsUnit(AnswerExpectation):
    """The figures have not moved by one factor."""


class ExpectColumnNotToBeFiledAgain(AnswerExpectation):
    """The figures are not those of another period."""
