"""Markdown ▶ unsanitised HTML, with private markup for what is resolved later."""
