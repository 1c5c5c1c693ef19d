"""Put the application's files into the wheel, so that `dropcap` works without a checkout.

Everything else about the package is in pyproject.toml. `dropcap_local.project` finds the files again.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
APPLICATION = (
    "template.yaml",
    "constraints.txt",
    "functions/*.py",
    "functions/requirements.txt",
    "templates/**/*",
    "examples/**/*",
    "infra/*.yaml",
    "infra/edge/**/*",
    "infra/package/**/*",
)
"""What a deployment and the local cloud read, apart from the packages."""


class BuildWithApplication(build_py):
    """Copies these files beside the packages; an editable installation reads them from the checkout."""

    def run(self) -> None:
        """Build as usual, then copy."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "dropcap_local" / "application"
        for pattern in APPLICATION:
            for source in sorted(ROOT.glob(pattern)):
                if source.is_file() and "__pycache__" not in source.parts:
                    copy = target / source.relative_to(ROOT)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source, copy)


setup(cmdclass={"build_py": BuildWithApplication})
