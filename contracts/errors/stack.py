"""What can go wrong while the product's own programs are started; no data is touched then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SatudataError


@dataclass(eq=False)
class StackError(SatudataError):
    """The programs around the warehouse do not run as they should."""


@dataclass(eq=False)
class StorageRefused(StackError):
    """A disk or folder of this installation takes or gives nothing: full, read-only, of another user, not a folder."""

    exit_code: ClassVar[int] = 3
    place: str
    reason: str
    sentence: ClassVar[str] = "Tidak dapat memakai {place} ({reason})."
    advice: ClassVar[str] = (
        "Angka yang sudah terbit tidak berubah. Periksa ruang disk dan hak atas SATUDATA_HOME dan SATUDATA_ARCHIVE_URL, lalu jalankan lagi."
    )


@dataclass(eq=False)
class ProgramEnded(StackError):
    """A program of the stack ended by itself while it was waited for."""

    program: str
    log: str
    said: str
    sentence: ClassVar[str] = "{program} berhenti sendiri: {said}"
    advice: ClassVar[str] = "Baca catatan lengkapnya di {log}."


@dataclass(eq=False)
class ProgramNotReady(StackError):
    """A program runs but does not answer in time."""

    program: str
    log: str
    waited_s: float
    sentence: ClassVar[str] = "{program} belum siap setelah {waited_s} detik."
    advice: ClassVar[str] = "Baca {log}; mesin yang sangat sibuk kadang perlu dicoba sekali lagi."


@dataclass(eq=False)
class AlreadyUp(StackError):
    """Something that brings its own stack was asked for while another one of this home runs."""

    exit_code: ClassVar[int] = 2
    home: str
    sentence: ClassVar[str] = "Airflow dari {home} sedang menyala."
    advice: ClassVar[str] = "Matikan dengan `satudata down`, lalu jalankan lagi."


@dataclass(eq=False)
class AirflowRefused(StackError):
    """Airflow's API answered something else than was asked for."""

    asked: str
    status: int
    answer: str
    sentence: ClassVar[str] = "Airflow menjawab {asked} dengan status {status}: {answer}"
    advice: ClassVar[str] = "Periksa `satudata up` dan catatan api-server di SATUDATA_HOME/airflow/logs."


@dataclass(eq=False)
class DagMissing(StackError):
    """A DAG that should be there has not been parsed, or not parsed without error."""

    dags: tuple[str, ...]
    waited_s: float
    sentence: ClassVar[str] = "Airflow belum mengenal DAG {dags} setelah {waited_s} detik."
    advice: ClassVar[str] = "Baca catatan dag-processor di SATUDATA_HOME/airflow/logs dan jalankan `satudata source check`."
