"""The application's own files: template.yaml, the functions, templates and examples.

In a checkout they are at its top. An installed wheel carries them in this package, where setup.py put them.
"""

import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Final

import dropcap
from dropcap_local.cache_folder import cache_folder

PACKAGED: Final = Path(__file__).parent / "application"
CHECKOUT: Final = Path(__file__).parents[3]
PROJECT: Final = PACKAGED if PACKAGED.is_dir() else CHECKOUT
"""The folder in which template.yaml is."""
TEMPLATE: Final = PROJECT / "template.yaml"
FUNCTIONS: Final = PROJECT / "functions"
"""The folder of the handlers. The package `dropcap` is in it in a checkout only; a wheel has it beside this one."""
EXAMPLES: Final = PROJECT / "examples"


def deployable() -> Path:
    """Return the folder for `sam build`: the checkout, or for a wheel a copy in the user's cache folder.

    In that copy the package `dropcap` is beside the handlers, as SAM needs it, and SAM can write its results there.
    """
    if PROJECT == CHECKOUT:
        return CHECKOUT
    target = cache_folder() / f"application-{version('dropcap')}"
    for part in ("functions", "templates", "infra"):  # what SAM has built stays, so that the next build is quick
        shutil.rmtree(target / part, ignore_errors=True)
    no_bytecode = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGED, target, dirs_exist_ok=True, ignore=no_bytecode)
    shutil.copytree(Path(dropcap.__file__).parent, target / "functions" / "dropcap", ignore=no_bytecode)
    return target
