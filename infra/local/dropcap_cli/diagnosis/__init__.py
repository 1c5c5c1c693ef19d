"""`dropcap doctor`: look for misconfigurations of an account and a stack, before and after deploying.

subject.py    the account, the stack and its parameters, read once
results.py    the result of a check: its level, message and remedy
checks.py     all checks in their order
account.py    SES's status and quota, Lambda's concurrency, the region
mail.py       the mail domain: identity and DNS records
site.py       the site's domain: certificate and DNS record
stack.py      the stack's state, drift, release and idle cost
alarms.py     the address of alarms, alarms that are on, dead letters
dns.py        look up a DNS record
"""
