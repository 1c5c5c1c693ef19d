"""Checked fields ▶ metadata of a post: title, dates, tags, visibility, URLs."""
