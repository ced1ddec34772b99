"""The source and agency of the notices' tests, without a mail server."""

from tests.findings.conftest import source  # noqa: F401 - a fixture
from tests.notices.conftest import agency  # noqa: F401 - a fixture
