"""Pure: posts, pictures and settings as the Catalog knows them, the views of the site, and their content."""
