"""The state of a local cloud on disk, so that `dropcap dev` starts where it ended (decision 0058).

state_file     one file, written whole or not at all, of plain values only
folder         where it is kept, and the lock that one `dropcap dev` has on it
code_version   the digest of everything that a saved state depends on
cloud_state    the whole state of a cloud: collected from moto and the event loop, and put back
objects        buckets with versions         items       tables, with the position of their streams
saved_objects  the same without moto         saved_distribution  the CDN
messages       queues                        events      streams, schedules, mails, identifiers
"""
