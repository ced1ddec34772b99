"""Data docs: what Great Expectations found of a batch as a page for people, drawn by its own renderers from what the ledger keeps."""
