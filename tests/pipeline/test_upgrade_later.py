"""A stack that an earlier version left: later on, made afresh, and written by the code of today."""

from datetime import timedelta

from dropcap_local.cloud import LocalCloud
from support.histories import afresh
from support.readers import subscribe
from support.stack_before import (
    BUCKETS,
    TABLES,
    clock_then,
    earlier_json_objects,
    fields_in,
    json_objects,
    names_in,
    put_objects,
    put_stack,
    read,
    stored,
)

ENVIRONMENT = {"NEWS_SINCE": "2026-03-01"}
LATER = timedelta(days=5)
RARE = {"TROUBLE", "HELD"}
"""Kinds of items that only a failure or an accident leads to."""
REPLACED = {"BUCKET"}
"""Kinds of items that have another form today, and whose earlier form matters for seconds only: the send rate."""


def test_a_scheduled_post_appears_by_the_schedule_of_the_earlier_version() -> None:
    """The Scheduler sends the message that it was given."""
    with LocalCloud(now=clock_then(), environment=ENVIRONMENT) as cloud:
        put_stack(cloud)
        cloud.settle()
        assert 404 == cloud.page("/later/").status
        cloud.settle(LATER)
        assert 200 == cloud.page("/later/").status
        assert [] == cloud.event_loop.errors


def test_the_upgraded_site_is_the_one_that_an_empty_stack_makes() -> None:
    """Old items and old fragments, with new code, come to the same pages as everything made again.

    The pages about newsletters are left out: an empty stack has sent none.
    """
    with LocalCloud(now=clock_then(), environment=ENVIRONMENT) as cloud:
        put_stack(cloud)
        cloud.settle()
        assert [] == [difference for difference in afresh(cloud) if not difference.startswith("newsletter/")]


def test_items_keep_their_kinds_and_attributes() -> None:
    """Today's items carry every attribute that the earlier version's have, so that each can read the other's."""
    with LocalCloud(now=clock_then(), environment=ENVIRONMENT) as cloud:
        subscribe(cloud, "ada@example.org")
        for reader in ("bob@example.org", "bounce@simulator.amazonses.com"):
            cloud.request("POST", "/api/subscribe", form={"email": reader})
        put_objects(cloud, "ContentBucket", read("content_objects"))
        cloud.settle()
        for name, table in TABLES.items():
            earlier, today = names_in(read(name)), names_in(stored(cloud, table))
            assert set() == earlier.keys() - today.keys() - RARE
            assert {} == {
                kind: missing for kind in today.keys() - REPLACED if (missing := earlier.get(kind, set()) - today[kind])
            }


def test_journals_reports_and_letters_keep_their_fields() -> None:
    """Stored JSON has the fields that the earlier version wrote."""
    with LocalCloud(now=clock_then(), environment=ENVIRONMENT) as cloud:
        subscribe(cloud, "ada@example.org")
        put_objects(cloud, "ContentBucket", read("content_objects"))
        cloud.settle()
        for name, bucket in BUCKETS.items():
            today = fields_in(json_objects(cloud, bucket))
            assert {} == {
                folder: missing
                for folder, fields in fields_in(earlier_json_objects(name)).items()
                if (missing := fields - today.get(folder, set()))
            }
