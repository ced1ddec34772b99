"""The words of click in Indonesian: what is said of a command that was typed wrongly is read by the same people as all else.

Click asks `gettext` for each of its sentences; a catalogue would depend on the language of the machine, and this is not a matter of that.
"""

from __future__ import annotations

from click import core, decorators, exceptions, formatting, parser, types

WORDS = {
    "Usage:": "Pemakaian:", "Options": "Pilihan", "Commands": "Perintah", "Positional arguments": "Isian",
    "Show this message and exit.": "Tampilkan keterangan ini.", "Error: {message}": "Salah: {message}",
    "Try '{command} {option}' for help.": "Lihat '{command} {option}'.", "Missing command.": "Perintahnya belum disebut.",
    "Invalid value: {message}": "Isian tidak sah: {message}",
    "Invalid value for {param_hint}: {message}": "Isian {param_hint} tidak sah: {message}",
    "Missing argument": "Belum diisi:", "Missing option": "Belum diisi:", "Missing parameter": "Belum diisi:", "Missing {param_type}": "Belum diisi:",
    "Missing parameter: {param_name}": "Belum diisi: {param_name}", "No such option {name!r}.": "Tidak ada pilihan {name!r}.",
    "No such command {name!r}.": "Tidak ada perintah {name!r}.", "unknown error": "sebab tidak diketahui",
    "Could not open file {filename!r}: {message}": "Berkas {filename!r} tidak dapat dibuka: {message}",
    "Argument {name!r} takes {nargs} values.": "{name!r} berisi {nargs} nilai.",
    "Option {name!r} does not take a value.": "Pilihan {name!r} tidak berisi nilai.",
    "Choose from:\n\t{choices}": "Pilih salah satu:\n\t{choices}", "{value!r} is not a valid {number_type}.": "{value!r} bukan {number_type}.",
    "{value} is not in the range {range}.": "{value} di luar batas ({range}).",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} bukan ya atau tidak. Yang dikenal: {states}",
    "file": "berkas", "directory": "folder", "path": "jalur", "File": "Berkas", "Directory": "Folder", "Path": "Jalur",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.", "{name} {filename!r} is a file.": "{name} {filename!r} adalah berkas.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} adalah folder.", "{name} {filename!r} is not readable.": "{name} {filename!r} tidak terbaca.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} tidak dapat ditulisi.",
    "{name} {filename!r} is not executable.": "{name} {filename!r} tidak dapat dijalankan.", "default: {default}": "bawaan: {default}",
    "env var: {var}": "lingkungan: {var}", "(dynamic)": "(dihitung)", "required": "wajib", "Aborted!": "Dihentikan.", "deprecated": "usang",
    "Do you want to continue?": "Teruskan?", "Confirm the action without prompting.": "Lakukan tanpa bertanya.",
}  # fmt: skip
"""What click says -> what is said."""
COUNTED = {
    "Did you mean {possibility}?": "Mungkin maksudnya {possibilities}?",
    "Got unexpected extra argument ({args})": "Isian yang tidak dikenal: {args}",
    "Takes {nargs} values but 1 was given.": "Berisi {nargs} nilai, yang diberikan {len}.",
    "Option {name!r} requires an argument.": "Pilihan {name!r} belum diisi.",
    "{value!r} is not {choice}.": "{value!r} bukan salah satu dari {choices}.",
    "{value!r} does not match the format {format}.": "{value!r} bukan tanggal; tulis tahun-bulan-hari, misalnya 2026-06-30.",
    "{len_type} values are required, but {len_value} was given.": "Perlu {len_type} nilai, yang diberikan {len_value}.",
}
"""The same, by the sentence about one."""


def speak_indonesian() -> None:
    """Let click say its sentences so from now on, in this process."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        vars(module)["_"] = _said
        if "ngettext" in vars(module):
            vars(module)["ngettext"] = _said_of_many
    types.IntParamType.name, types.FloatParamType.name, types.StringParamType.name = "bilangan bulat", "bilangan", "teks"
    types.IntRange.name = "bilangan bulat"
    types.DateTime.get_metavar = lambda *_, **__: "TAHUN-BULAN-HARI"  # type: ignore[method-assign]


def _said(sentence: str) -> str:
    return WORDS.get(sentence, sentence)


def _said_of_many(one: str, many: str, count: int) -> str:
    return COUNTED.get(one, one if count == 1 else many)
