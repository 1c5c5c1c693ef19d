"""Build views: pages, lists, feeds, sitemaps, search shards and reports."""
