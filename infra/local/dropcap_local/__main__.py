"""`python -m dropcap_local` is `dropcap`."""

import sys

from dropcap_local.cli import main

sys.exit(main())
