"""From a changed item to the views that read it, and walks over all sources."""
