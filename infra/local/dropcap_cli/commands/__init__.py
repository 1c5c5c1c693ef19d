"""One module per command, imported only when the command runs.

Each has `run`, which takes the parsed arguments, prints the result and returns the exit code. `dropcap_cli.arguments`
declares the arguments.
"""
