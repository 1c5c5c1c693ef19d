"""What each command does with what was typed: one module a command, imported only when it is called.

Each has `run`, which calls, prints what came of it, and gives the exit code. What may be typed: `arguments.py`.
"""
