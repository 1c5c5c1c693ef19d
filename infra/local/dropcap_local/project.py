"""The application's own files: template.yaml, the functions, templates and examples.

In a checkout they are at its top. An installed wheel carries them in this package, where setup.py put them.
"""

from pathlib import Path
from typing import Final

PACKAGED: Final = Path(__file__).parent / "application"
CHECKOUT: Final = Path(__file__).parents[3]
PROJECT: Final = PACKAGED if PACKAGED.is_dir() else CHECKOUT
"""The folder in which template.yaml is."""
TEMPLATE: Final = PROJECT / "template.yaml"
FUNCTIONS: Final = PROJECT / "functions"
"""The folder of the handlers. The package `dropcap` is in it in a checkout only; a wheel has it beside this one."""
EXAMPLES: Final = PROJECT / "examples"
