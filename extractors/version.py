"""The version of the parser: with bytes and contract it makes a verdict. To be raised whenever the same bytes would give other rows."""

PARSER_VERSION = "6"
