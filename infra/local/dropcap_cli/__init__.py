"""The `dropcap` command line: works on folders, on the local cloud and on deployed stacks."""
