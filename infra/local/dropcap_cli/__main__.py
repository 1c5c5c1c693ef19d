"""`python -m dropcap_local` is `dropcap`."""

import sys

from dropcap_cli.cli import main

sys.exit(main())
