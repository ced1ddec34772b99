"""A small registry on disk, for tests that need one: real files, read by the real loader."""

from __future__ import annotations

from pathlib import Path

PLAIN = """\
title: Contoh
source: {kind: file, url: "data.csv"}
columns:
  kode: {type: text}
  nilai: {type: integer}
write: snapshot
key: [kode]
"""
"""The shortest contract that is valid; it names nothing around it."""


def write_tree(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder, by their path inside it; the folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
