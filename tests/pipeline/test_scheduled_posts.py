"""Posts that appear and expire at their minute, through the Scheduler."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dropcap_local.cloud import LocalCloud

LISTS = ["/", "/archive/", "/feed.xml", "/sitemap.xml", "/walks/"]
AN_HOUR = 3600


@pytest.fixture(scope="module")
def deployed() -> Iterator[LocalCloud]:
    """Return one cloud for all of these tests, each with posts of its own."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: The Quiet Hour\ntimezone: Europe/Berlin\n")
        cloud.upload("posts/walks.md", "---\ndate: 2025-03-10\n---\nSee [[naps]].\n")
        cloud.settle()
        yield cloud


def post(*lines: str, text: str = "Text.") -> str:
    """Return the source of a post with LINES of front matter."""
    return "\n".join(("---", "title: Naps", *lines, "---", text)) + "\n"


def local(cloud: LocalCloud, **later: float) -> str:
    """Return now plus LATER as local winter time in Berlin, without an offset."""
    return f"{cloud.clock.now() + timedelta(hours=1) + timedelta(**later):%Y-%m-%d %H:%M:%S}"


def schedules(cloud: LocalCloud) -> list[str]:
    """Return the due times of the posts' schedules."""
    scheduler, group = cloud.client("scheduler"), cloud.id("PostSchedules")
    names = [schedule["Name"] for schedule in scheduler.list_schedules(GroupName=group)["Schedules"]]
    return [scheduler.get_schedule(GroupName=group, Name=name)["ScheduleExpression"] for name in names]


def outcome(cloud: LocalCloud, key: str) -> str:
    """Return the outcome in the report on source KEY."""
    return str((cloud.report(key) or {})["outcome"])


@pytest.mark.botocore
def test_a_post_appears_at_its_minute_and_expires_likewise(deployed: LocalCloud) -> None:
    """Before, it is nowhere; then it stands in every list; and afterwards its address says that it is gone."""
    cloud = deployed
    times = (f"date: {local(cloud, hours=2)}", f"expires: {local(cloud, hours=4)}")
    cloud.upload("posts/naps.md", post(*times, "slug: naps"))
    cloud.settle()
    assert ("scheduled", 404) == (outcome(cloud, "posts/naps.md"), cloud.page("/naps/").status)
    assert all(b"/naps/" not in cloud.page(path).body for path in LISTS)
    cloud.clock.advance(2 * AN_HOUR)
    cloud.settle()
    assert ("published", 200) == (outcome(cloud, "posts/naps.md"), cloud.page("/naps/").status)
    assert b"/naps/" in cloud.page("/").body
    assert b'href="/naps/"' in cloud.page("/walks/").body
    assert 1 == len(schedules(cloud))
    cloud.clock.advance(2 * AN_HOUR)
    cloud.settle()
    assert ("expired", 410) == (outcome(cloud, "posts/naps.md"), cloud.page("/naps/").status)
    assert all(b"/naps/" not in cloud.page(path).body for path in LISTS)
    assert [] == schedules(cloud)


def test_rescheduling_leaves_one_schedule_and_leaving_the_state_none(deployed: LocalCloud) -> None:
    """A new date moves the one schedule that there is; a post that is published, or removed, needs none."""
    cloud = deployed
    for day in (20, 21, 20):
        cloud.upload("posts/moved.md", post(f"date: 2026-04-{day}"))
        cloud.settle()
        assert [f"at(2026-04-{day - 1}T22:00:00)"] == schedules(cloud)
    cloud.upload("posts/moved.md", post("date: 2025-04-20"))
    cloud.settle()
    assert [] == schedules(cloud)
    cloud.upload("posts/moved.md", post("date: 2026-04-20"))
    cloud.settle()
    cloud.delete("posts/moved.md")
    cloud.settle()
    assert [] == schedules(cloud)
    assert 410 == cloud.page("/moved/").status


def test_a_schedule_that_fires_early_comes_again(deployed: LocalCloud) -> None:
    """The Scheduler's clock is its own: what is due in some seconds waits for just these."""
    cloud = deployed
    cloud.upload("posts/early.md", post(f"date: {local(cloud, seconds=90)}"))
    cloud.settle()
    cloud.clock.advance(60)  # the Scheduler believes that the time has come
    scheduler, group = cloud.client("scheduler"), cloud.id("PostSchedules")
    (name,) = (schedule["Name"] for schedule in scheduler.list_schedules(GroupName=group)["Schedules"])
    message = scheduler.get_schedule(GroupName=group, Name=name)["Target"]["Input"]
    scheduler.delete_schedule(GroupName=group, Name=name)
    cloud.client("sqs").send_message(QueueUrl=cloud.id("UploadQueue"), MessageBody=message)
    cloud.settle(timedelta(seconds=10))
    assert "scheduled" == outcome(cloud, "posts/early.md")
    cloud.settle(timedelta(minutes=1))
    assert "published" == outcome(cloud, "posts/early.md")


def test_what_is_due_today_without_a_time_is_due_at_midnight_in_the_sites_zone(deployed: LocalCloud) -> None:
    """A day begins when the site's clocks say so; a post without a date is never waited for."""
    cloud = deployed
    today = cloud.clock.now() + timedelta(hours=1)
    cloud.upload("posts/today.md", post(f"date: {today:%Y-%m-%d}"))
    cloud.upload("posts/tomorrow.md", post(f"date: {today + timedelta(days=1):%Y-%m-%d}"))
    cloud.upload("notes/undated.md", "Only a note.\n")
    cloud.settle()
    keys = ["posts/today.md", "posts/tomorrow.md", "notes/undated.md"]
    assert ["published", "scheduled", "published"] == [outcome(cloud, key) for key in keys]
    assert [f"at({today:%Y-%m-%d}T23:00:00)"] == schedules(cloud)
    cloud.delete("posts/tomorrow.md")
    cloud.settle()


def test_publish_date_says_when_a_post_appears_and_date_where_it_stands(deployed: LocalCloud) -> None:
    """Hugo tells them apart: `date` orders the lists, `publishDate` is when the post may be seen."""
    cloud = deployed
    later = f"publishDate: {local(cloud, hours=1)}"
    cloud.upload("posts/embargo.md", post("date: 2024-02-03", later))
    cloud.upload("posts/announced.md", post("date: 2027-02-03", "publishDate: 2025-01-01"))
    cloud.settle()
    outcomes = [outcome(cloud, key) for key in ("posts/embargo.md", "posts/announced.md")]
    assert ["scheduled", "published"] == outcomes
    cloud.clock.advance(AN_HOUR)
    cloud.settle()
    assert b"/embargo/" in cloud.page("/2024/02/").body


def test_a_bad_version_of_a_scheduled_post_changes_nothing(deployed: LocalCloud) -> None:
    """It appears at its minute in its newest good version, however many bad ones follow, and the report says so."""
    cloud = deployed
    cloud.upload("posts/patient.md", post(f"date: {local(cloud, hours=1)}", text="The good one."))
    for _ in range(12):
        cloud.clock.advance(1)
        cloud.upload("posts/patient.md", "---\ntitle: [\n---\nA bad one.\n")
        cloud.settle()
    assert ("refused", 404) == (outcome(cloud, "posts/patient.md"), cloud.page("/patient/").status)
    cloud.clock.advance(AN_HOUR)
    cloud.settle()
    assert "refused" == outcome(cloud, "posts/patient.md")
    assert b"The good one." in cloud.page("/patient/").body
