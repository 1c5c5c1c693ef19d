"""Run `dropcap` as `python -m dropcap_cli`."""

import sys

from dropcap_cli.cli import main

sys.exit(main())
