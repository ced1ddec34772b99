"""`python -m satudata` is the `satudata` command."""

from satudata.cli import main

main()
