"""The pure part of steps 4 to 7: news, subscriptions, the bytes of a letter, and states that only move forward.

address      typed text ▶ an address to write to, and the hash by which everything else knows the subscriber
subscription states of a subscription, and which may follow which
news         a post ▶ whether it is news, and whether it resembles an earlier issue
issue        one newsletter issue, and the frozen pages of its recipients
ledger       the state of one mail to one recipient
pace         the token bucket that all senders share; how many issues an hour opens
plain_text   a resolved body ▶ plain text and its links, in blocks of `text_blocks`
mail_html    HTML for mail programs; `mail_size` estimates its size
letter       subject, HTML and text ▶ a MIME message rendered once and spliced per recipient
outcome      an answer of SES ▶ who must act
mail_event   an event of SES ▶ a state of the ledger and of a subscription
web          requests and answers of the HTTP API
"""
