"""Local servers for `dropcap dev`: the site, the mailbox and the S3 endpoint, each on a port of its own.

main_thread       work that server threads pass to the main thread, the only one that uses the cloud
serving     WSGI applications on free ports, in threads
kept_site   the site of the last run, without moto
site        the site as readers see it, with a script that listens for changes
mailbox     the mails that subscribers get
aws         the endpoint for S3 clients
live        notifies open pages of changes
"""
