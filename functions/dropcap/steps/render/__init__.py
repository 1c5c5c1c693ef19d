"""Render a source: read it, write its fragment, and commit its post to the Catalog."""
