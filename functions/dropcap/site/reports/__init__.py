"""The report on an upload, as JSON and as text for its author."""
