"""`dropcap destroy`: delete a deployed stack.

buckets.py    empty a bucket, all versions included, because CloudFormation deletes only empty buckets
deletion.py   delete the stack and wait for the end
"""
