"""The catalogue of failures: one class each, in three families by who has to act (the site, the file's owner, ourselves)."""

from contracts.errors.base import SatudataError
from contracts.errors.content import (
    AmbiguousKeys,
    BadEncoding,
    BadJson,
    ContentError,
    EmptyFile,
    EncryptedFile,
    IncompletePages,
    MissingColumn,
    MissingResource,
    RecordsNotFound,
    SheetNotFound,
    TableNotFound,
    TooManyColumns,
    UnequalLengths,
    UnknownInboxFile,
    WrongFormat,
    ZeroRows,
    ZipBomb,
)
from contracts.errors.fetch import (
    CredentialsMissing,
    ErrorPage,
    FetchError,
    FetchTimeout,
    HostUnreachable,
    HttpStatusError,
    RobotsForbidden,
    TooLarge,
    TooManyRedirects,
    TruncatedDownload,
    UnsafeUrl,
)
from contracts.errors.loading import ColumnTypeChanged, RowsRefused
from contracts.errors.usage import (
    BrokenContract,
    ContractProblem,
    UnknownDataset,
    UnknownPublisher,
    UnresolvedVariable,
    UsageError,
    WarehouseUnreachable,
    WrongSetting,
    WrongUsage,
)

__all__ = [
    "AmbiguousKeys", "BadEncoding", "BadJson", "BrokenContract", "ColumnTypeChanged", "ContentError", "ContractProblem", "CredentialsMissing", "EmptyFile",
    "EncryptedFile", "ErrorPage", "FetchError", "FetchTimeout", "HostUnreachable", "HttpStatusError", "IncompletePages",
    "MissingColumn", "MissingResource", "RecordsNotFound", "RobotsForbidden", "RowsRefused", "SatudataError", "SheetNotFound", "TableNotFound",
    "TooLarge", "TooManyColumns", "TooManyRedirects", "TruncatedDownload", "UnequalLengths", "UnknownDataset", "UnknownInboxFile",
    "UnknownPublisher", "UnresolvedVariable", "UnsafeUrl", "UsageError", "WarehouseUnreachable", "WrongFormat", "WrongSetting",
    "WrongUsage", "ZeroRows", "ZipBomb",
]  # fmt: skip
