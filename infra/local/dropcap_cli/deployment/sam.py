"""`sam build` and `sam deploy`, with the SAM CLI that `make` installs into `.venv-sam`."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from dropcap_cli.deployment.shared_archive import share_archive
from dropcap_local.project import PROJECT, deployable
from dropcap_local.usage_error import UsageError


def sam_program() -> Path:
    """Return the SAM CLI; raise UsageError if there is none."""
    own = PROJECT / ".venv-sam" / "bin" / "sam"
    program = str(own) if own.exists() else shutil.which("sam")
    if not program:
        raise UsageError(
            "The SAM CLI is not installed. In a checkout, run `make deploy`, which installs it into .venv-sam; "
            "elsewhere, install it with: pipx install aws-sam-cli"
        )
    return Path(program)


def build_command(program: Path) -> list[str]:
    """Return the command that builds the functions and the layer into `.aws-sam`."""
    return [str(program), "build"]


def deploy_command(
    program: Path, stack: str, region: str, values: Mapping[str, str], *, confirm: bool = False
) -> list[str]:
    """Return the command that shows the change set of STACK and deploys it; with CONFIRM it asks in between.

    A parameter that VALUES do not name keeps its value; in a new stack, or if it is new, it has the template's default.
    """
    overrides = [f"{name}={_quoted(value)}" for name, value in values.items()]
    return [
        str(program), "deploy", "--stack-name", stack, "--region", region, "--resolve-s3",
        "--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND",
        "--confirm-changeset" if confirm else "--no-confirm-changeset", "--no-fail-on-empty-changeset",
        "--tags", f"dropcap:stack={stack}",
        *(["--parameter-overrides", *overrides] if overrides else []),
    ]  # fmt: skip


def run_sam(command: Sequence[str], profile: str | None) -> int:
    """Run COMMAND in the application's folder and return its exit code; its output goes to the terminal.

    After a build, all functions share one archive.
    """
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    environment = {
        **os.environ,
        "PATH": path,
        "SAM_CLI_TELEMETRY": "0",
        **({"AWS_PROFILE": profile} if profile else {}),
    }
    folder = deployable()
    code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode  # noqa: S603  # our own command
    if code == 0 and command[1] == "build":
        share_archive(folder / ".aws-sam" / "build")
    return code


def _quoted(value: str) -> str:
    """Return VALUE as the SAM CLI parses it: in double quotes, so that it may contain spaces."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
