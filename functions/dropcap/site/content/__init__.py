"""Content of views: feeds, search documents, JSON-LD, pictures, and HTML prepared for each medium."""
