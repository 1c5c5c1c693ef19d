"""Copies of the checkout that `dropcap deploy` deploys, whose templates avoid what the emulator lacks."""

import re
import shutil
import subprocess
from pathlib import Path

from dropcap_rehearsal.emulator import ROOT, Failed

PARTS = ("functions", "templates", "infra", "template.yaml", "pyproject.toml")
OLDER = "4bf2ec69b5a46c076f6c226af99a1d3cb1defaba"
"""A version with one package for each function, to roll back to and to upgrade from."""


def copy_checkout(target: Path) -> None:
    """Copy what is deployed to TARGET. The SAM CLI is used where it is."""
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    (target / ".venv-sam").symlink_to(ROOT / ".venv-sam")
    _adapt(target)


def copy_older_version(target: Path) -> None:
    """Copy the same of the version OLDER, from the history; raise Failed in a checkout without it.

    Its CDN is that of this version, since the emulator cannot update a nested stack most of whose resources stay.
    """
    command = ["git", "archive", OLDER, *PARTS]
    archive = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603  # our own command
    if archive.returncode:
        raise Failed(f"the history has no version {OLDER[:9]}; fetch it with `git fetch --unshallow`")
    target.mkdir(parents=True)
    subprocess.run(["tar", "-x", "-C", target], input=archive.stdout, check=True)  # noqa: S603, S607  # the same
    shutil.copy(ROOT / "infra" / "cdn.yaml", target / "infra")
    (target / ".venv-sam").symlink_to(ROOT / ".venv-sam")
    _adapt(target)


def _adapt(checkout: Path) -> None:
    """Replace in the templates of CHECKOUT: outputs of an identity, parameters as numbers, layers under /opt."""
    email = checkout / "infra" / "email.yaml"
    text = email.read_text(encoding="utf-8")
    email.write_text(re.sub(r"\$\{MailIdentity\.(Dkim\w+)\}", r"\1", text), encoding="utf-8")
    template = checkout / "template.yaml"
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"MaximumConcurrency: (?:!Ref Concurrency|!If \[.*?Concurrency\])\}", "MaximumConcurrency: 3}", text)
    layer = checkout / ".aws-sam" / "build" / "TemplatesLayer" / "templates"
    template.write_text(text.replace("TEMPLATES_DIR: /opt/templates", f"TEMPLATES_DIR: {layer}"), encoding="utf-8")
