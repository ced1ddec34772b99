"""One HTTP client for every kind of source: polite, bounded, and never more trusting than the contract."""

from extractors.http.client import Client
from extractors.http.request import Answer, Request

__all__ = ["Answer", "Client", "Request"]
