"""Logs of a publication: one correlation id from the upload to the last mail, and no personal data."""

from dropcap_local.cloud import LocalCloud
from support.function_logs import function_logs
from support.readers import subscribe

SITE = "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
ENVIRONMENT = {"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0"}
POST = "---\ntitle: Naps\ndate: 2025-03-14\n---\nAbout naps.\n"
OF_A_POST = {"render", "index", "publish", "announce", "deliver", "feedback", "refresh"}


def test_one_correlation_id_joins_all_functions_from_the_upload_to_the_last_mail() -> None:
    """No line of any function has the reader's address."""
    with function_logs() as logs, LocalCloud(environment=ENVIRONMENT) as cloud:
        cloud.upload("site.yaml", SITE)
        subscribe(cloud, "ada@example.org")
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        identifiers = {line["correlation_id"] for line in logs.lines("render") if "posts/naps.md" == line["source"]}
        assert [OF_A_POST] == [logs.functions_of(identifier) for identifier in identifiers]
        assert "ada@" not in logs.text
