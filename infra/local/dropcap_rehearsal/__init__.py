"""`make rehearse`: the real template on an AWS emulator that knows nothing of Dropcap or of the local cloud."""
