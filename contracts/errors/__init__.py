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
    MoreThanDeclared,
    PagesLeft,
    RecordsNotFound,
    RepeatedPages,
    SheetNotFound,
    TableNotFound,
    TextNotFound,
    TooManyColumns,
    TooManyPages,
    UnequalLengths,
    UnitChanged,
    UnknownInboxFile,
    WrongFormat,
    ZeroRows,
    ZipBomb,
)
from contracts.errors.fetch import (
    ArchiveDamaged,
    CredentialsExposed,
    CredentialsMissing,
    ErrorPage,
    FetchError,
    FetchTimeout,
    FetchTooLong,
    HostUnreachable,
    HttpStatusError,
    LocalFileMissing,
    NotFetchedYet,
    RobotsForbidden,
    StillBeingWritten,
    TooLarge,
    TooManyRedirects,
    TruncatedDownload,
    UnsafeUrl,
    WrongLength,
)
from contracts.errors.judging import (
    BatchHeld,
    BatchRefused,
    BatchShrunk,
    ColumnRetyped,
    DuplicateRows,
    NoRowsLeft,
    RuleNotComputed,
    TooManyQuarantined,
    TotalMismatch,
)
from contracts.errors.loading import ColumnTypeChanged, ProgramFault, RowsRefused
from contracts.errors.notices import MailSettingsExposed, MailSettingsMissing, NoticesUnsent
from contracts.errors.recovery import (
    BackupDamaged,
    DumpFailed,
    HistoryLost,
    NoBackup,
    NotRebuilt,
    RebuildUnfinished,
    RebuiltOtherwise,
    RecordDamaged,
    VersionLost,
    WarehouseNotEmpty,
)
from contracts.errors.release import (
    BuildFailed,
    NothingBuilt,
    PersonalDataFound,
    PersonalDataReturned,
    ReadersInTheWay,
    ReleaseTestsFailed,
    TransformError,
)
from contracts.errors.review import ReviewRefused, UnknownBatch
from contracts.errors.stack import AirflowRefused, AlreadyUp, DagMissing, ProgramEnded, ProgramNotReady, StackError, StorageRefused
from contracts.errors.usage import (
    ArchiveUnreachable,
    BrokenContract,
    CodesInUse,
    ContractProblem,
    MigrationChanged,
    UnknownDataset,
    UnknownPublisher,
    UnresolvedVariable,
    UsageError,
    WarehouseUnreachable,
    WrongSetting,
    WrongUsage,
)

__all__ = [
    "AirflowRefused", "AlreadyUp", "AmbiguousKeys", "ArchiveDamaged", "ArchiveUnreachable", "BackupDamaged", "BadEncoding", "BadJson", "BatchHeld",
    "BatchRefused", "BatchShrunk", "BrokenContract", "BuildFailed", "CodesInUse", "ColumnRetyped", "ColumnTypeChanged", "ContentError", "ContractProblem",
    "CredentialsExposed", "CredentialsMissing", "DagMissing", "DumpFailed", "DuplicateRows", "EmptyFile", "EncryptedFile", "ErrorPage", "FetchError",
    "FetchTimeout", "FetchTooLong", "HistoryLost", "HostUnreachable", "HttpStatusError", "IncompletePages", "LocalFileMissing", "MailSettingsExposed",
    "MailSettingsMissing", "MigrationChanged", "MissingColumn", "MissingResource", "MoreThanDeclared", "NoBackup", "NoRowsLeft", "NotFetchedYet",
    "NotRebuilt", "NothingBuilt", "NoticesUnsent", "PagesLeft", "PersonalDataFound", "PersonalDataReturned", "ProgramEnded", "ProgramFault",
    "ProgramNotReady", "ReadersInTheWay", "RebuildUnfinished", "RebuiltOtherwise", "RecordDamaged", "RecordsNotFound", "ReleaseTestsFailed",
    "RepeatedPages", "ReviewRefused", "RobotsForbidden", "RowsRefused", "RuleNotComputed", "SatudataError", "SheetNotFound", "StackError",
    "StillBeingWritten", "StorageRefused", "TableNotFound", "TextNotFound", "TooLarge", "TooManyColumns", "TooManyPages", "TooManyQuarantined",
    "TooManyRedirects", "TotalMismatch", "TransformError", "TruncatedDownload", "UnequalLengths", "UnitChanged", "UnknownBatch", "UnknownDataset",
    "UnknownInboxFile", "UnknownPublisher", "UnresolvedVariable", "UnsafeUrl", "UsageError", "VersionLost", "WarehouseNotEmpty", "WarehouseUnreachable",
    "WrongFormat", "WrongLength", "WrongSetting", "WrongUsage", "ZeroRows", "ZipBomb",
]  # fmt: skip
