"""What an author and an operator do from their own machine: with a deployed bucket, or with that of `dropcap dev`.

whereabouts.py   what was typed ▶ the bucket that is meant      running.py    local clouds that run on this machine
source_keys.py   a file ▶ its name in the bucket                bucket.py     the content bucket: sources and reports
answers.py       an upload ▶ its answer                         removed.py    what versions still hold
"""
