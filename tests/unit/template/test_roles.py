"""The role of each function allows what it needs and nothing else."""

import pytest

from support.template import (
    as_list,
    dead_letters_of,
    environment_of,
    names_in,
    resources,
    sources_of,
    statements_of,
    the_name_in,
)

FUNCTIONS = sorted(resources("Lambda::Function"))
NAMES_NO_RESOURCE = {"ses:GetAccount"}
"""Actions for which AWS knows no resource to name."""


def allowed(function: str, action: str) -> set[str]:
    """Return the logical ids on which FUNCTION may perform ACTION."""
    return {
        name
        for statement in statements_of(function)
        if action in as_list(statement["Action"])
        for name in names_in(statement["Resource"])
    }


@pytest.mark.parametrize("role", sorted(resources("IAM::Role")))
def test_a_role_names_what_it_may_do(role: str) -> None:
    """No managed policy, no action with a wildcard, no resource but a named one."""
    properties = resources("IAM::Role")[role]
    assert [] == properties.get("ManagedPolicyArns", [])
    for policy in properties["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            actions = as_list(statement["Action"])
            assert [] == [action for action in actions if "*" in action]
            if "*" in as_list(statement["Resource"]):
                assert set() == set(actions) - NAMES_NO_RESOURCE


def test_no_two_functions_share_a_role() -> None:
    """Each function has a role of its own."""
    roles = [the_name_in(function["Role"]) for function in resources("Lambda::Function").values()]
    assert len(roles) == len(set(roles))
    assert [name.replace("Function", "Role") for name in resources("Lambda::Function")] == roles


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_consume_its_queues(function: str) -> None:
    """It may receive from the queues that are mapped to it, and from no other."""
    mapped = {the_name_in(source["EventSourceArn"]) for source in sources_of(function)} - {"CatalogTable"}
    for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"):
        assert mapped == allowed(function, action)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_send_to_the_queues_that_it_knows(function: str) -> None:
    """It may send to the queues whose URL it is given, and where Lambda puts what a stream's batch could not do."""
    named = {
        the_name_in(url) for name, url in environment_of(function).items() if name.endswith("_URL") and "QUEUE" in name
    }
    failed = [
        source["DestinationConfig"]["OnFailure"] for source in sources_of(function) if "DestinationConfig" in source
    ]
    named |= {the_name_in(target["Destination"]) for target in failed} | dead_letters_of(function)
    assert named == allowed(function, "sqs:SendMessage")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_touch_the_tables_that_it_knows(function: str) -> None:
    """It may touch the tables whose name it is given, and no other."""
    named = {the_name_in(name) for variable, name in environment_of(function).items() if variable.endswith("_TABLE")}
    touched = {
        name
        for statement in statements_of(function)
        if any(action.startswith("dynamodb:") for action in as_list(statement["Action"]))
        and "ReadStream" != statement["Sid"]
        for name in names_in(statement["Resource"])
    }
    assert named == touched


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_missing_object_is_missing_and_not_forbidden(function: str) -> None:
    """A role that reads a bucket may list it, or S3 would answer 403 for a missing key."""
    named = {the_name_in(name) for variable, name in environment_of(function).items() if variable.endswith("_BUCKET")}
    read = allowed(function, "s3:GetObject")
    assert read <= allowed(function, "s3:ListBucket") <= named
    listing = [item for item in statements_of(function) if "s3:ListBucket" in as_list(item["Action"])]
    assert [] == [item["Sid"] for item in listing if "Condition" in item]


@pytest.mark.parametrize(
    ("function", "action", "items"),
    [
        ("AnnounceFunction", "dynamodb:PutItem", ["MAIL#*", "LIST#issues"]),
        ("PublishFunction", "dynamodb:UpdateItem", ["TROUBLE#*"]),
    ],
)
def test_a_note_for_the_author_is_all_that_may_be_written_so(function: str, action: str, items: list[str]) -> None:
    """No other item may be touched by this right; "for all of none" is true, hence the second condition."""
    (writing,) = [
        item
        for item in statements_of(function)
        if "CatalogTable" in names_in(item["Resource"]) and action in as_list(item["Action"])
    ]
    leading = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": items}, "Null": {"dynamodb:LeadingKeys": "false"}}
    assert (action, leading) == (writing["Action"], writing["Condition"])


def test_what_opens_issues_writes_nothing_else_into_the_catalog() -> None:
    """A post is not its to touch."""
    writes = {"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}
    assert set() == {action for action in writes if "CatalogTable" in allowed("AnnounceFunction", action)}


def test_a_mail_may_go_to_any_recipient_and_comes_from_the_sender_only() -> None:
    """In SES's sandbox a send is authorised on the recipient's identity too; the condition limits who it is from."""
    (mail,) = [statement for statement in statements_of("DeliverFunction") if "ses:SendEmail" in statement["Action"]]
    assert any(str(resource["Fn::Sub"]).endswith(":identity/*") for resource in as_list(mail["Resource"]))
    assert {"StringEquals": {"ses:FromAddress": {"Ref": "MailFrom"}}} == mail["Condition"]


def test_only_the_newsletter_reads_who_subscribes() -> None:
    """Functions that build pages cannot read mail addresses, and the one that opens issues lists hashes only."""
    reads = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Scan")
    readers = {name for name in FUNCTIONS if any("SubscribersTable" in allowed(name, action) for action in reads)}
    assert {"DeliverFunction", "SubscribeFunction"} == readers
    listers = {function for function in FUNCTIONS if "SubscribersTable" in allowed(function, "dynamodb:Query")}
    assert {"AnnounceFunction"} == listers
