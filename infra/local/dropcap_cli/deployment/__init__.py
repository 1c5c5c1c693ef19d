"""`dropcap deploy`: from a few answers to a deployed stack.

parameters.py      the template's parameters, and the check of a value
answers.py         the operator's answers, in a file that git ignores
account.py         the account and region, and whether they are fit
live_stack.py      the deployed stack: its parameters, mail identities and origin secrets
mail_identity.py   whether SES's identity for the sender is created
origin_secret.py   the steps of the secret between CloudFront and the API
removed_queues.py  the queues that an upgrade would delete, which must be empty
sam.py             `sam build` and `sam deploy`
shared_archive.py  one archive of the package that all functions have
next_steps.py      the steps that remain: certificate, DNS, SES, first upload
"""
