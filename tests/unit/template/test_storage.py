"""Retention of buckets, tables and logs."""

import pytest

from support.template import nested, resources, translated

BUCKETS = resources("S3::Bucket")
TABLES = resources("DynamoDB::Table")
CANNOT_BE_REBUILT = {"ContentBucket", "NewsletterTable", "SubscribersTable"}


@pytest.mark.parametrize("bucket", sorted(BUCKETS))
def test_a_bucket_is_private_and_encrypted(bucket: str) -> None:
    """Nobody makes an object public by mistake, and half uploads do not cost for ever."""
    properties = BUCKETS[bucket]
    assert {True} == set(properties["PublicAccessBlockConfiguration"].values())
    assert 4 == len(properties["PublicAccessBlockConfiguration"])
    assert "BucketEncryption" in properties
    rules = properties["LifecycleConfiguration"]["Rules"]
    assert [7] == [
        rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"]
        for rule in rules
        if "AbortIncompleteMultipartUpload" in rule
    ]


def test_a_refused_upload_leaves_the_version_before_it() -> None:
    """Sources are versioned, and the newest versions outlive any age."""
    properties = BUCKETS["ContentBucket"]
    assert "Enabled" == properties["VersioningConfiguration"]["Status"]
    (rule,) = [rule for rule in properties["LifecycleConfiguration"]["Rules"] if "content/" == rule.get("Prefix")]
    assert rule["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] >= 20


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_can_go_back_in_time(table: str) -> None:
    """Every table has point-in-time recovery and is paid by request."""
    assert TABLES[table]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert "PAY_PER_REQUEST" == TABLES[table]["BillingMode"]


def test_what_cannot_be_rebuilt_survives_the_stack() -> None:
    """The sources, the ledger and the subscribers stay when the stack goes; the tables refuse to be deleted at all."""
    policies = {name: str(resource.get("DeletionPolicy")) for name, resource in translated()["Resources"].items()}
    retained = {name for name, policy in policies.items() if policy.startswith("Retain")}
    assert CANNOT_BE_REBUILT == {name for name in retained if name in {*BUCKETS, *TABLES}}
    assert CANNOT_BE_REBUILT - {"ContentBucket"} == {
        name for name, properties in TABLES.items() if properties.get("DeletionProtectionEnabled")
    }


def test_a_failed_first_deployment_can_be_rolled_back_and_tried_again() -> None:
    """It takes the empty bucket and the identity with it; protected tables stay, since deleting them would fail."""
    template = {**translated()["Resources"], **nested("email")["Resources"]}
    policies = {name: template[name]["DeletionPolicy"] for name in (*CANNOT_BE_REBUILT, "MailIdentity")}
    assert {
        "ContentBucket": "RetainExceptOnCreate",
        "MailIdentity": "RetainExceptOnCreate",
        "NewsletterTable": "Retain",
        "SubscribersTable": "Retain",
    } == policies
    assert not {"TableName", "BucketName"} & {
        name for kept in (*CANNOT_BE_REBUILT,) for name in template[kept]["Properties"]
    }  # a name of its own would be taken at the second try


def test_logs_are_not_kept_for_ever() -> None:
    """Every function writes to a log group of its own, which forgets after some weeks."""
    groups = resources("Logs::LogGroup")
    assert {30} == {group["RetentionInDays"] for group in groups.values()}
    written = {function["LoggingConfig"]["LogGroup"]["Ref"] for function in resources("Lambda::Function").values()}
    assert set(groups) == written
