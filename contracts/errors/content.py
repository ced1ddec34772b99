"""What can be wrong with bytes that did arrive: they are archived, but can never become data as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SafeFailure


@dataclass(eq=False)
class ContentError(SafeFailure):
    """The file is here and is not what the contract says."""

    file_name: str


@dataclass(eq=False)
class EmptyFile(ContentError):
    sentence: ClassVar[str] = "Berkas {file_name} kosong (0 byte isi)."
    advice: ClassVar[str] = "Minta OPD mengunggah ulang berkasnya."


@dataclass(eq=False)
class ZeroRows(ContentError):
    place: str
    is_json: bool = False
    sentence: ClassVar[str] = "Berkas {file_name} ({place}) punya judul kolom tetapi tidak satu pun baris data."
    no_records: ClassVar[str] = "Jawaban JSON {file_name} tidak memuat satu pun rekaman."
    advice: ClassVar[str] = "Minta OPD mengisi dan mengunggah ulang berkasnya."
    what_of_the_request: ClassVar[str] = (
        "Periksa apakah alamat, `params`, dan `source.records` meminta yang dimaksud; bila sudah benar, tanyakan kepada pengelola API mengapa daftarnya kosong."
    )

    @property
    def told(self) -> str:
        return self.no_records if self.is_json else self.sentence

    @property
    def what_to_do(self) -> str:
        return self.what_of_the_request if self.is_json else self.advice


@dataclass(eq=False)
class WrongFormat(ContentError):
    expected: str
    found: str
    sentence: ClassVar[str] = "Berkas {file_name} berisi {found}, padahal kontrak menunggu {expected}."
    advice: ClassVar[str] = "Periksa apakah alamatnya benar, atau minta OPD mengunggah berkas yang benar."


@dataclass(eq=False)
class EncryptedFile(ContentError):
    sentence: ClassVar[str] = "Berkas {file_name} dikunci kata sandi."
    advice: ClassVar[str] = "Minta OPD mengunggah berkas tanpa kata sandi."


@dataclass(eq=False)
class SheetNotFound(ContentError):
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    sentence: ClassVar[str] = "Lembar {wanted} tidak ada di berkas {file_name}; yang ada: {found}."
    advice: ClassVar[str] = "Betulkan `source.sheet` atau tanyakan OPD."


@dataclass(eq=False)
class TableNotFound(ContentError):
    wanted: tuple[str, ...]
    sentence: ClassVar[str] = "Tabel yang dicari ({wanted}) tidak ditemukan di berkas {file_name}."
    advice: ClassVar[str] = "Bila judul atau susunannya berubah, sesuaikan `table` di kontrak dan coba dengan `satudata source try`."


@dataclass(eq=False)
class MissingColumn(ContentError):
    missing: tuple[str, ...]
    found: tuple[str, ...]
    sentence: ClassVar[str] = "Kolom {missing} tidak ada di berkas {file_name}; judul yang terdekat: {found}."
    advice: ClassVar[str] = "Bila kolom berganti nama, tambahkan ejaan barunya di `from`; bila hilang, kembalikan ke OPD."


@dataclass(eq=False)
class UnitChanged(MissingColumn):
    """A header that differs from the wanted one in what stands in brackets only, which is most often the unit."""

    changed: tuple[str, ...]
    sentence: ClassVar[str] = "Kolom {missing} tidak ada di berkas {file_name}; satuan dalam kurung berganti: {changed}."
    advice: ClassVar[str] = (
        "Bila satuannya memang lain, jangan tambahkan judulnya di `from` kolom yang sama, karena angkanya akan terbit dalam satuan lama: ubah juga `unit`"
        " kolom itu, atau kembalikan ke OPD. Bila hanya cara menulisnya yang lain, tambahkan ejaannya di `from`."
    )


@dataclass(eq=False)
class TextNotFound(MissingColumn):
    """A column whose text stands around the table: above it, in the name of the file or sheet, in the address, beside the records."""

    origin: str
    place: str
    sentence: ClassVar[str] = "Kolom {missing}: {place} berkas {file_name} tidak ada teks yang cocok dengan polanya; yang ada: {found}."
    advice: ClassVar[str] = "Ubah pola `{origin}` kolom itu di kontrak, atau beri `optional: true` bila teksnya memang boleh tidak ada."


@dataclass(eq=False)
class TooManyColumns(ContentError):
    columns: int
    max_columns: int
    sentence: ClassVar[str] = "Berkas {file_name} punya {columns} kolom, lebih dari batas {max_columns}."
    advice: ClassVar[str] = "Periksa pemisah kolom atau minta OPD merapikan berkasnya."


@dataclass(eq=False)
class ZipBomb(ContentError):
    unzipped_bytes: int
    max_bytes: int
    sentence: ClassVar[str] = "Berkas {file_name} mengembang menjadi {unzipped_bytes} byte, lebih dari batas {max_bytes}."
    advice: ClassVar[str] = "Berkas ditolak; minta OPD menyimpan ulang lembarnya tanpa baris dan format kosong."


@dataclass(eq=False)
class IncompletePages(ContentError):
    received: int
    declared: int
    sentence: ClassVar[str] = "Data dari {file_name} tidak lengkap: diterima {received} dari {declared} yang dinyatakan sumbernya."
    advice: ClassVar[str] = "Periksa `source.pages` di kontrak, lalu jalankan lagi."


@dataclass(eq=False)
class MoreThanDeclared(IncompletePages):
    sentence: ClassVar[str] = "Data dari {file_name} tidak cocok: diterima {received}, padahal sumbernya menyatakan {declared}."


@dataclass(eq=False)
class RepeatedPages(ContentError):
    halaman: int
    sentence: ClassVar[str] = "Halaman {halaman} dari {file_name} mengulang halaman sebelumnya, sehingga akhirnya tidak pernah tercapai."
    advice: ClassVar[str] = (
        "Periksa `source.pages` (nama parameter, tautan, atau kursor) di kontrak; bila sudah benar, minta pengelola API membetulkan halamannya."
    )


@dataclass(eq=False)
class PagesLeft(ContentError):
    where: str
    key: str
    sentence: ClassVar[str] = "Jawaban {file_name} baru halaman pertama: {where} menunjuk halaman berikutnya, dan kontrak tidak memintanya."
    advice: ClassVar[str] = "Tambahkan `{key}` di bawah `source`; bila memang hanya halaman ini, sebut nomornya di `params`."


@dataclass(eq=False)
class TooManyPages(ContentError):
    max_pages: int
    sentence: ClassVar[str] = "Data dari {file_name} belum habis setelah {max_pages} halaman; pengambilan dihentikan."
    advice: ClassVar[str] = "Perbesar `source.pages.size`, atau persempit permintaan di kontrak."


@dataclass(eq=False)
class BadJson(ContentError):
    reason: str
    sentence: ClassVar[str] = "Berkas {file_name} bukan JSON yang utuh ({reason})."
    advice: ClassVar[str] = "Jalankan lagi; bila berulang, hubungi pengelola API."


@dataclass(eq=False)
class RecordsNotFound(ContentError):
    path: str
    found: tuple[str, ...]
    sentence: ClassVar[str] = "Jalur `{path}` tidak ada di berkas {file_name}; yang ada: {found}."
    advice: ClassVar[str] = "Betulkan `source.records` bila susunan API berubah."


@dataclass(eq=False)
class BadEncoding(ContentError):
    encoding: str
    sentence: ClassVar[str] = "Teks di berkas {file_name} tidak terbaca sebagai {encoding}."
    advice: ClassVar[str] = "Tulis `source.encoding` yang benar di kontrak."


@dataclass(eq=False)
class AmbiguousKeys(ContentError):
    key: str
    meanings: tuple[str, ...]
    sentence: ClassVar[str] = (
        "Kunci `{key}` di berkas {file_name} dapat dibaca sebagai {meanings}, sehingga angkanya tidak pasti milik siapa."
    )
    advice: ClassVar[str] = "Persempit permintaan (satu tahun atau satu wilayah) di kontrak."


@dataclass(eq=False)
class UnequalLengths(ContentError):
    path: str
    lengths: tuple[int, ...]
    sentence: ClassVar[str] = (
        "Bagian `{path}` di berkas {file_name} tidak sama panjang ({lengths}), sehingga nilai tidak dapat dipasangkan dengan labelnya."
    )
    advice: ClassVar[str] = "Laporkan kepada pengelola sumbernya."


@dataclass(eq=False)
class UnknownInboxFile(ContentError):
    place: str
    known: tuple[str, ...]
    """`known` is empty for a dataset without publishers of its own (`for_each`): its files lie directly in its folder."""
    advice: ClassVar[str] = "Pindahkan ke <kotak masuk>/<id dataset>/<kode penerbit>/."

    @property
    def told(self) -> str:
        return (
            "Berkas {file_name} di kotak masuk {place} bukan milik penerbit yang dikenal (dikenal: {known})."
            if self.known
            else "{file_name} di kotak masuk {place} bukan berkas kiriman: datasetnya tidak memakai `for_each`, jadi tidak ada folder penerbit."
        )

    @property
    def what_to_do(self) -> str:
        return self.advice if self.known else "Pindahkan berkasnya langsung ke {place}."


@dataclass(eq=False)
class MissingResource(ContentError):
    wanted: str
    found: tuple[str, ...]
    sentence: ClassVar[str] = 'Sumber daya "{wanted}" tidak ada di paket {file_name}; yang ada: {found}.'
    advice: ClassVar[str] = "Betulkan `source.resource` di kontrak."
