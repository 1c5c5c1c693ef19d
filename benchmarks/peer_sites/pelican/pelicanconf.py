"""Settings of the Pelican site: its own theme, a feed, and its cache."""

SITENAME = "Benchmark"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
DEFAULT_PAGINATION = 10
