"""One module per command, imported only when the command is called.

Each has `run`, which takes the parsed arguments, prints the result and returns the exit code. The arguments are
declared in `arguments.py`.
"""
