"""Work with a content bucket: that of a deployed stack, or that of `dropcap dev`.

stack_lookup.py    options ▶ the stack they name            local_registry.py  the local clouds that run on this machine
source_keys.py     a file ▶ its key in the bucket           bucket.py          the content bucket: sources and reports
report_polling.py  an upload ▶ its report                    stack_resources.py  a stack ▶ its resources
queues.py          messages that wait                        rollout.py         the progress of a walk over all pages
dead_letters.py    a dead-letter queue                       redrive.py         its messages: read them, or move them
"""
