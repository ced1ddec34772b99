"""The warehouse with a past of the rebuild tests, to be backed up, and an empty one beside it."""

from tests.rebuild.conftest import empty, old, published  # noqa: F401 - fixtures
