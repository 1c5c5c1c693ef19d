"""The use cases: read, decide with the pure code, write, in a stated order."""
