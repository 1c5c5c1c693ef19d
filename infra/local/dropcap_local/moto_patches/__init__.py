"""Replacements for parts of moto that are too slow or differ from AWS, one module per service and reason."""
