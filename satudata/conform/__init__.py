"""From accepted rows to a release: what is read, built, tested, left out and published, one module per step."""
