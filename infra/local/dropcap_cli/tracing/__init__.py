"""`dropcap logs` and `dropcap trace`: what the functions log, as entries in the order of their time.

log_entry.py   one line of a log ▶ an entry
log_source.py  the logs of a deployed stack (CloudWatch) or of a local cloud (a file)
trace.py       the log entries of one upload, in order
"""
