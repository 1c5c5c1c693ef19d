"""The cost of a stack: counts of what it used, and AWS's prices.

prices.json   AWS's prices, with their date and sources: the only place where a price is written
prices.py     a number of units ▶ dollars, after the units that are always free
idle.py       the resources of a stack that cost money while nothing happens
usage.py      counts of a deployed stack from CloudWatch
"""
