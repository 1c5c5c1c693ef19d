"""Lambda's event source mappings and EventBridge Scheduler, in one process and in one thread.

queue or shard ──▶ batch ──▶ handler ──▶ failed records are redelivered; after too many attempts they are dead letters
"""
