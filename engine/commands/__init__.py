"""One module per sub-command of the engine's command line; see engine/__main__.py."""
