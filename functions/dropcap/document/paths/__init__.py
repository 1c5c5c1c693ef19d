"""Source paths and URL paths: what a path means, slugs, permalinks, media types."""
