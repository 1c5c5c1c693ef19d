"""The calls that a publication is made of, answered by moto's own code without HTTP in between.

A call by boto3 is signed, sent and parsed by botocore, unpacked and written by moto, and parsed again: milliseconds, of
which the work itself is a twentieth. Here the parameters go straight to the method of moto that does the work.

fitting    parameters that botocore's own models find nothing wrong with
items      what moto's tables hold, weighed and written down without detours
tables     DynamoDB: items read, queried, written
queues     SQS: messages sent
objects    S3: objects looked at, read, written, removed
door       which way a call takes

Only what is plain takes the short way. Whatever is unusual, does not fit its model or goes wrong is call again the
long way, whose errors are botocore's and moto's own: nothing is changed by a call that fails.
"""
