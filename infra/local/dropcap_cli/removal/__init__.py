"""`dropcap destroy`: delete a deployed stack.

contents.py   what the stack holds: which resources are deleted with it, and which stay
buckets.py    empty a bucket, all versions included, because CloudFormation deletes only empty buckets
deletion.py   delete the stack and wait for the end
"""
