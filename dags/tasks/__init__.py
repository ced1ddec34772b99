"""The tasks: each calls one use case of `satudata`, imported when it runs."""
