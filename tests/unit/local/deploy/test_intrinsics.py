"""A template's values become plain ones, as CloudFormation would make them."""

from typing import Any

import pytest

from dropcap_local.deploy.intrinsics import Resolver
from dropcap_local.deploy.sam import template
from dropcap_local.deploy.template_error import TemplateError


class Named:
    """Resources whose names say what was asked for."""

    def ref(self, logical_id: str) -> str:
        """Return the logical id, marked."""
        return f"<{logical_id}>"

    def attribute(self, logical_id: str, name: str) -> str:
        """Return both, marked."""
        return f"<{logical_id}.{name}>"


RESOLVER = Resolver(
    parameters={"AWS::Region": "eu-central-1", "MailFrom": "news@example.org", "Certificate": ""},
    conditions={
        "HasCertificate": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Certificate"}, ""]}]},
        "HasMail": {"Fn::Not": [{"Condition": "HasCertificate"}]},
        "HasBoth": {"Fn::And": [{"Condition": "HasMail"}, {"Condition": "HasCertificate"}]},
        "HasEither": {"Fn::Or": [{"Condition": "HasMail"}, {"Condition": "HasCertificate"}]},
    },
    mappings={"Zones": {"eu-central-1": {"Name": "Frankfurt"}}},
    resources=Named(),
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plain", "plain"),
        ("!Ref MailFrom", "news@example.org"),
        ("!Ref Queue", "<Queue>"),
        ("!GetAtt Queue.Arn", "<Queue.Arn>"),
        ("!GetAtt Cdn.Outputs.Domain", "<Cdn.Outputs.Domain>"),
        ("!GetAtt [Queue, Arn]", "<Queue.Arn>"),
        ('!Sub "${AWS::Region}/${Queue}/${Queue.Arn}"', "eu-central-1/<Queue>/<Queue.Arn>"),
        ('!Sub "${!Literal} ${Queue}"', "${Literal} <Queue>"),
        ('!Sub ["${own}/${Queue}", {own: !Ref MailFrom}]', "news@example.org/<Queue>"),
        ("!Join ['; ', [a, !Ref Queue]]", "a; <Queue>"),
        ('!Select [1, !Split ["@", !Ref MailFrom]]', "example.org"),
        ("!If [HasMail, [!Ref Queue], none]", ["<Queue>"]),
        ("!If [HasCertificate, [!Ref Queue], none]", "none"),
        ("!If [HasBoth, both, !If [HasEither, either, none]]", "either"),
        ("!FindInMap [Zones, !Ref AWS::Region, Name]", "Frankfurt"),
        ("!Base64 abc", "YWJj"),
        ("{kept: 1, dropped: !Ref AWS::NoValue}", {"kept": 1}),
        ("[a, !If [HasCertificate, b, !Ref AWS::NoValue], c]", ["a", "c"]),
    ],
)
def test_each_function_is_worked_out(written: str, expected: object) -> None:
    """In its short form, as templates are written."""
    value: Any = template(f"value: {written}")["value"]
    assert expected == RESOLVER.resolve(value)


def test_a_condition_that_nobody_declared_is_an_error() -> None:
    """A typing mistake is found, and not taken for false."""
    with pytest.raises(TemplateError, match="no condition HasMial"):
        RESOLVER.holds("HasMial")
