"""Published text -> typed values, one module per family of types; see `extractors.coerce.column` for the order of work."""
