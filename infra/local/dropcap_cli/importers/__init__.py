"""Import a site from another system: an export ▶ Markdown files and pictures, and notes on what was lost.

export.py      the common form of all exports          ghost.py      Ghost: one JSON file, or a ZIP with its pictures
archive.py     a file, a ZIP archive or a folder       wordpress.py  WordPress: WXR files (RSS with extensions)
old_links.py   URLs of the old site ▶ files            substack.py   Substack: posts.csv and one HTML file per post
html_body.py   HTML ▶ Markdown, with notes             medium.py     Medium: one HTML file per post
pictures.py    pictures ▶ files
writer.py      writes the files, and never overwrites one

Each reader takes an archive and returns an `Export`. None of this runs in Lambda.
"""
