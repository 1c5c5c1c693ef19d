"""Compile the templates in a FOLDER for the Python that runs this, and for functions that find them in PLACE.

    python3.13 infra/package/compile_templates.py FOLDER PLACE

The makefile of the package runs it: without compiled templates each cold start compiles those that it needs.
"""

import sys
from pathlib import Path, PurePosixPath

from dropcap.site.theme import Theme

if __name__ == "__main__":
    Theme(Path(sys.argv[1])).compile(PurePosixPath(sys.argv[2]))
