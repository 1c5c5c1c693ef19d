"""The templates against AWS's own schemas, by cfn-lint."""

import json
from pathlib import Path

import pytest
from cfnlint.api import lint_file
from cfnlint.config import ManualArgs

from support.template import NESTED, TEMPLATE, translated

LOCAL_NESTED_STACK = "W3002"
"""Says that a nested stack is a local file, which `sam deploy` uploads."""


def findings(path: Path) -> list[str]:
    """Return cfn-lint's findings for the template at PATH."""
    matches = lint_file(path, config=ManualArgs(regions=["eu-central-1"]))
    return [f"{match.rule.id} {match.message} {match.path}" for match in matches if match.rule.id != LOCAL_NESTED_STACK]


@pytest.mark.parametrize("path", [TEMPLATE, *NESTED], ids=lambda path: path.name)
def test_a_template_is_what_aws_expects(path: Path) -> None:
    """Every property, reference and value is one that CloudFormation takes, and nothing depends on itself."""
    assert [] == findings(path)


def test_the_translated_template_is_what_aws_expects(tmp_path: Path) -> None:
    """The template is checked after the SAM transform too, since that is deployed."""
    path = tmp_path / "translated.json"
    path.write_text(json.dumps(translated()), encoding="utf-8")
    assert [] == findings(path)
