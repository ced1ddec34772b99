"""Short answers of an API that only say where the data is (a package's resources, a list of years): read at once, not kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.request import url2pathname

from contracts.errors import BadJson, LocalFileMissing, TooLarge
from extractors.fetching.job import Job
from extractors.http import Request

MAX_BYTES = 10 * 1024 * 1024


def small_json(job: Job, request: Request) -> object:
    """The decoded answer. Raises: the `FetchError` family, `BadJson`."""
    url = request.address

    def whole(chunks: Iterator[bytes]) -> bytes:
        parts, size = [], 0
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if size > MAX_BYTES:
                raise TooLarge(url, MAX_BYTES)
        return b"".join(parts)

    text = _local(url) if url.startswith("file:") else job.client.download(request, whole).value or b""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadJson(url, "bukan jawaban API") from None


def _local(url: str) -> bytes:
    try:
        return Path(url2pathname(url.removeprefix("file://"))).read_bytes()
    except OSError:
        raise LocalFileMissing(url) from None


def at(value: object, *names: str | int) -> object:
    """What stands at a path of names and positions; None where it leads nowhere."""
    for name in names:
        is_there = isinstance(value, dict) if isinstance(name, str) else isinstance(value, list) and len(value) > name
        value = (value.get(name) if isinstance(value, dict) else value[name]) if is_there else None  # type: ignore[index]
    return value
