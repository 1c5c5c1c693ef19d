"""Local servers for `dropcap dev`: the site, the mailbox and the S3 endpoint, each on a port of its own.

main_thread       work that server threads hand to the main thread, where alone the cloud is touched
serving     WSGI applications on free ports, in threads
site        what a reader sees, with a script in it that looks for changes
mailbox     what a subscriber gets
aws         what an S3 client talks to
live        tells open pages that they have changed
"""
