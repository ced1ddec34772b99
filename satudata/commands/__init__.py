"""One module per command: options in, a use case called, its result shown."""
