"""The desk: one page on the state of a stack, for the person who runs it. It is read-only.

contents.py   what the page shows, as values
reading.py    a stack ▶ these values
app.py        the page as a WSGI application: for this machine's browser only
pages/        its templates, style sheet and script
"""
