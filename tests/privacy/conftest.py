"""The warehouse of the tests of conform, for the tests of what it shows to whom."""

from tests.conform.conftest import candidate, gudang

__all__ = ["candidate", "gudang"]
