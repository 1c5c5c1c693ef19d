"""`dropcap dev`: serve a folder as a live site.

server.py        the local cloud, its servers and what is watched
folder_watch.py  files that were saved or removed              eager_cloud.py   a local cloud that waits for nothing
narration.py     what is printed                               first_upload.py  the command for a first upload
signals.py       Ctrl-C and SIGTERM                            addresses.py     the URLs, as they are printed
theme_reload.py  a saved template rebuilds all pages           kept_state.py     the state between two runs
folder_files.py  uploads, the newest files first             site_server.py   the first server: the last run's site
"""
