"""The only place where a function's tools are made: lazily, once per settings, so that importing a module does nothing.

A module for each function: a cold start imports the code of its own function, and no other's.
"""
