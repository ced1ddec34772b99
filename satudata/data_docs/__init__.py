"""The site of what the checks found: an index from the ledger, and a page per validation as Great Expectations draws it."""
