"""Files under sources/: how their bytes are had, and what they are called when something is wrong with them."""

from __future__ import annotations

from pathlib import Path

from contracts.errors import BrokenContract, ContractProblem


def shown(path: Path) -> str:
    """A path as problems call it: relative to the working directory where it lies under it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def file_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises: `BrokenContract` where there is none to be read: a folder, a link that leads nowhere, a file of somebody else.
    """
    try:
        if path.exists() and not path.is_file():
            raise _unreadable(path, "bukan berkas")
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, f"berkas tidak dapat dibaca ({error.strerror})") from None


def broken_file(path: Path, *problems: tuple[int, str, str, str]) -> BrokenContract:
    """A file with what is wrong with it: (line from 1, key, problem, what would be right) each."""
    name = shown(path)
    return BrokenContract(name, tuple(ContractProblem(name, *problem) for problem in problems))


def _unreadable(path: Path, problem: str) -> BrokenContract:
    return broken_file(path, (1, "(berkas)", problem, "berkas biasa yang boleh dibaca, atau hapus namanya dari folder ini"))
