"""The managed policy for authors: what it allows, asked as IAM would."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

import pytest

from support.template import as_list, resources

POLICY = resources("IAM::ManagedPolicy")["AuthorPolicy"]["PolicyDocument"]["Statement"]
BUCKET = "arn:aws:s3:::content"


def resolved(value: Any, prefix: str) -> str:  # noqa: ANN401  # any JSON
    """Return the text of VALUE in a stack whose AuthorPrefix is PREFIX."""
    if isinstance(value, Mapping):
        ((kind, inner),) = value.items()
        value = BUCKET if kind == "Fn::GetAtt" else inner
    return str(value).replace("${ContentBucket.Arn}", BUCKET).replace("${AuthorPrefix}", prefix)


def holds(condition: Mapping[str, Any], request: Mapping[str, str], prefix: str) -> bool:
    """Return whether REQUEST has for each key one of the values of CONDITION."""
    return all(
        key in request and any(fnmatchcase(request[key], resolved(value, prefix)) for value in as_list(values))
        for operator in condition.values()
        for key, values in operator.items()
    )


def may(action: str, key: str = "", folder: str = "", **request: str) -> bool:
    """Return whether an author of FOLDER may do ACTION on KEY; REQUEST has the parameters of a listing."""
    resource = f"{BUCKET}/{key}" if key else BUCKET
    parameters = {f"s3:{name}": value for name, value in request.items()}
    return any(
        action in as_list(statement["Action"])
        and any(fnmatchcase(resource, resolved(pattern, folder)) for pattern in as_list(statement["Resource"]))
        and holds(statement.get("Condition", {}), parameters, folder)
        for statement in POLICY
    )


@pytest.mark.parametrize("action", ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"])
def test_authors_may_write_sources_and_nothing_else(action: str) -> None:
    """Neither journals nor reports can be changed."""
    assert may(action, "content/posts/naps.md")
    assert not may(action, "history/posts/naps.md.json")
    assert ("s3:GetObject" == action) == may(action, "reports/posts/naps.md.txt")


@pytest.mark.parametrize(
    ("request_of_a_program", "allowed"),
    [
        ({"prefix": "", "delimiter": "/"}, True),
        ({"prefix": "content/", "delimiter": "/"}, True),
        ({"prefix": "content/posts/"}, True),
        ({"prefix": "reports/posts/naps.md"}, True),
        ({"prefix": ""}, False),
        ({"prefix": "history/"}, False),
        ({}, False),
    ],
)
def test_authors_may_list_their_folders(request_of_a_program: dict[str, str], allowed: bool) -> None:  # noqa: FBT001
    """The top only with a delimiter: without one it would list every journal."""
    assert allowed == may("s3:ListBucket", **request_of_a_program)


def test_authors_may_be_limited_to_a_folder() -> None:
    """With AuthorPrefix, sources and reports of other folders are out of reach."""
    assert may("s3:PutObject", "content/posts/naps.md", folder="posts/")
    assert not may("s3:PutObject", "content/site.yaml", folder="posts/")
    assert not may("s3:GetObject", "reports/pages/about.md.txt", folder="posts/")
    assert not may("s3:ListBucket", folder="posts/", prefix="content/pages/")


def test_the_policy_has_no_wildcard_action() -> None:
    """Versions, the bucket's settings and other buckets are not for authors."""
    actions = {action for statement in POLICY for action in as_list(statement["Action"])}
    assert not {action for action in actions if "*" in action or "Version" in action or "Bucket" in action} - {
        "s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads",
    }  # fmt: skip
