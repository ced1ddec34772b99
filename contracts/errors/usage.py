"""What is wrong on our own side: a contract, a name on the command line, a setting, the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from contracts.errors.base import SatudataError


@dataclass(eq=False)
class UsageError(SatudataError):
    """The caller, not a source, has to change something."""

    exit_code: ClassVar[int] = 2


class ContractProblem(NamedTuple):
    """One thing wrong in a YAML file: where (file, line from 1, key path), what, and what would be right."""

    file: str
    line: int
    key: str
    problem: str
    should_be: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.problem}. Yang benar: {self.should_be}"


@dataclass(eq=False)
class BrokenContract(UsageError):
    """A contract (or another YAML file under sources/) with every problem found in it."""

    file: str
    problems: tuple[ContractProblem, ...]
    dataset: str = ""
    """The id by which the dataset stays visible while its contract is broken: the one of its path; '' for other files."""
    pemda_id: str = ""
    opd: str = ""

    @property
    def message(self) -> str:
        """One line per problem, after a line that says how many and how to check again."""
        head = f"{self.file} punya {len(self.problems)} kesalahan; betulkan lalu jalankan `satudata source check {self.file}`."
        return "\n".join([head, *map(str, self.problems)])


@dataclass(eq=False)
class CodesInUse(UsageError):
    """Reference lists that come without codes which accepted rows use; the lists that stand go on."""

    lists: tuple[str, ...]
    codes: tuple[str, ...]
    sentence: ClassVar[str] = (
        "Daftar acuan {lists} tidak dimuat dan yang berlaku tetap dipakai, karena kode yang dihapus dari berkasnya masih dipakai baris yang sudah "
        "diterima: {codes}."
    )
    advice: ClassVar[str] = (
        "Kembalikan baris kode itu di sources/references. Bila kodenya memang berakhir, isi `berlaku_sampai`, dan `pengganti` bila ada, tanpa menghapus "
        "barisnya; bila kodenya keliru, kembalikan dahulu, alihkan angkanya dengan `satudata mapping assign`, lalu hapus barisnya."
    )


@dataclass(eq=False)
class TextsInUse(UsageError):
    """Reference lists by which texts of accepted rows mean no code any more; the lists that stand go on."""

    lists: tuple[str, ...]
    texts: tuple[str, ...]
    sentence: ClassVar[str] = (
        "Daftar acuan {lists} tidak dimuat dan yang berlaku tetap dipakai, karena menurut berkas barunya teks baris yang sudah diterima tidak lagi "
        "punya tepat satu kode: {texts}."
    )
    advice: ClassVar[str] = (
        "Bila namanya diganti atau sinonimnya dihapus, tulis teks itu di kolom `sinonim` baris kodenya (atau di sinonim.csv). Bila dua baris kini "
        "bernama sama, bedakan namanya; atau kembalikan dahulu daftarnya, lalu tetapkan kodenya dengan `satudata mapping assign`, atau sebut `within` "
        "(induknya) di kontrak."
    )


@dataclass(eq=False)
class UnknownDataset(UsageError):
    dataset: str
    closest: tuple[str, ...]
    sentence: ClassVar[str] = "Dataset `{dataset}` tidak dikenal."
    advice: ClassVar[str] = "Mungkin maksudnya: {closest}. Lihat daftarnya dengan `satudata source list`."

    @property
    def what_to_do(self) -> str:
        """Without a guess where nothing is like it."""
        return self.advice if self.closest else "Lihat daftarnya dengan `satudata source list`."


@dataclass(eq=False)
class UnknownPublisher(UsageError):
    dataset: str
    penerbit: str
    known: tuple[str, ...]
    sentence: ClassVar[str] = "Penerbit `{penerbit}` bukan bagian dari dataset `{dataset}` (yang dikenal: {known})."
    advice: ClassVar[str] = "Periksa `for_each` di kontraknya."


@dataclass(eq=False)
class UnresolvedVariable(UsageError):
    """``${X}`` in a url that neither the environment nor pemda.yml gives a value."""

    variable: str
    file: str
    sentence: ClassVar[str] = "`${{{variable}}}` di {file} belum punya nilai."
    advice: ClassVar[str] = "Isi variabel lingkungan {variable}, atau `situs.{variable}` di pemda.yml."


@dataclass(eq=False)
class WrongSetting(UsageError):
    setting: str
    value: str
    should_be: str
    sentence: ClassVar[str] = "Pengaturan {setting}={value} tidak dapat dipakai."
    advice: ClassVar[str] = "Yang benar: {should_be}."


@dataclass(eq=False)
class WrongUsage(UsageError):
    problem: str
    next_step: str
    sentence: ClassVar[str] = "{problem}."
    advice: ClassVar[str] = "{next_step}."


@dataclass(eq=False)
class WarehouseUnreachable(SatudataError):
    server: str
    reason: str
    exit_code: ClassVar[int] = 3
    sentence: ClassVar[str] = "Gudang data di {server} tidak dapat dihubungi ({reason})."
    advice: ClassVar[str] = "Periksa SATUDATA_DATABASE_URL dan ruang disknya, atau nyalakan PostgreSQL-nya, lalu jalankan lagi."


@dataclass(eq=False)
class ArchiveUnreachable(SatudataError):
    """The object store of the archive does not let us in, or does not answer."""

    archive_url: str
    reason: str
    exit_code: ClassVar[int] = 3
    sentence: ClassVar[str] = "Arsip di {archive_url} tidak dapat dipakai ({reason})."
    reassurance: ClassVar[str] = "Angka yang sudah terbit tidak berubah."
    advice: ClassVar[str] = (
        "Periksa SATUDATA_ARCHIVE_URL, kredensialnya (untuk S3: AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY), hak atas bucket-nya, dan jaringan,"
        " lalu jalankan lagi."
    )


@dataclass(eq=False)
class MigrationChanged(SatudataError):
    migration: str
    exit_code: ClassVar[int] = 3
    sentence: ClassVar[str] = "Migrasi {migration} sudah dijalankan pada basis data ini dengan isi yang lain."
    advice: ClassVar[str] = "Kembalikan berkasnya seperti semula dan tulis perubahannya sebagai migrasi baru."
