"""The newsletter from an author's and a reader's side: once, only news, only who wants it."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from dropcap.aws.mail import Mail
from dropcap.newsletter.outcome import Outcome, SendResult
from dropcap_local.cloud import LocalCloud
from support.readers import subscribe

SITE = "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
ENVIRONMENT = {"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0"}
POST = "---\ntitle: Naps\ndate: 2025-03-14\n---\nAbout Naps, with a [link](/about/).\n"
READERS = ["ada@example.org", "grace@example.org"]


def published(*sources: tuple[str, str], unkind: int | None = None) -> list[tuple[str, str]]:
    """Publish SOURCES one after the other to two readers; return who got what."""
    with LocalCloud(environment=ENVIRONMENT, fault_seed=unkind) as cloud:
        cloud.upload("site.yaml", SITE)
        for reader in READERS:
            subscribe(cloud, reader)
        for key, text in sources:
            cloud.upload(key, text)
            cloud.settle()
        return sorted((mail["To"], mail["Subject"]) for mail in cloud.mails() if "confirm" not in mail["Subject"])


def test_every_reader_gets_a_new_post_once() -> None:
    """One issue, one mail a reader."""
    assert [(reader, "Naps") for reader in READERS] == published(("posts/naps.md", POST))


def test_the_report_says_when_the_newsletter_goes_out_and_then_that_it_went() -> None:
    """The author reads it where the rest is told of the upload, and no reader's address stands in it."""
    with LocalCloud(environment={"NEWS_SINCE": "2025-03-01"}) as cloud:
        cloud.upload("site.yaml", SITE + "timezone: Europe/Berlin\n")
        subscribe(cloud, "ada@example.org")
        cloud.upload("posts/naps.md", POST)
        cloud.settle(timedelta(minutes=1))
        assert "Its newsletter goes out on 16 March 2026 at 10:15 (Europe/Berlin)." in _report(cloud)
        cloud.settle()
        assert "Its newsletter went to one subscriber." in _report(cloud)
        assert "ada@" not in _report(cloud)


def _report(cloud: LocalCloud) -> str:
    answer = cloud.client("s3").get_object(Bucket=cloud.id("ContentBucket"), Key="reports/posts/naps.md.txt")
    return answer["Body"].read().decode()


def test_editing_and_withdrawing_never_mail_again() -> None:
    """An issue opens once for ever: neither an edit, nor a draft that comes back, is news."""
    edited = POST.replace("Naps", "More naps")
    draft = POST.replace("date:", "draft: true\ndate:")
    acts = [("posts/naps.md", text) for text in (POST, edited, draft, POST)]
    assert [(reader, "Naps") for reader in READERS] == published(*acts)


def test_importing_old_posts_mails_nobody() -> None:
    """A post dated before the newsletter began is no news, and neither is a page or a draft."""
    old = POST.replace("2025-03-14", "2024-03-14")
    assert [] == published(("posts/old.md", old), ("pages/about.md", POST), ("drafts/new.md", POST))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_is_mailed_twice_whatever_is_delivered_twice(seed: int) -> None:
    """Doubled and late events, crashes and throttles: at most one mail a reader."""
    mailed = published(("posts/naps.md", POST), ("posts/walks.md", POST.replace("Naps", "Walks")), unkind=seed)
    assert len(mailed) == len(set(mailed))


def test_what_went_out_is_listed_as_long_as_its_post_stands() -> None:
    """By the day on which it went, with no reader in it; what nobody was sent is not there, and neither is a draft."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        cloud.upload("site.yaml", SITE)
        cloud.upload("posts/walks.md", POST.replace("Naps", "Walks"))
        cloud.settle()
        subscribe(cloud, "ada@example.org")
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        shown = cloud.page("/newsletter/").text
        assert (True, False, False) == tuple(word in shown for word in ('href="/naps/">Naps', "Walks", "ada@"))
        year = str(cloud.clock.now().year)
        assert "Naps" in cloud.page(f"/newsletter/{year}/").text
        cloud.upload("posts/naps.md", POST.replace("Naps", "Long naps").replace("date:", "slug: naps\ndate:"))
        cloud.settle()
        assert "Long naps" in cloud.page("/newsletter/").text
        cloud.upload("posts/naps.md", POST.replace("date:", "draft: true\ndate:"))
        cloud.settle()
        assert "Naps" not in cloud.page("/newsletter/").text
        assert 404 == cloud.page(f"/newsletter/{year}/").status


def test_an_issue_that_ses_refused_for_everybody_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report says who was refused, and no reader sees an issue that nobody got."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        cloud.upload("site.yaml", SITE)
        subscribe(cloud, "ada@example.org")
        refused = SendResult(Outcome.REFUSED, code="MessageRejected")
        monkeypatch.setattr(Mail, "send", lambda *_: refused)
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert "Its newsletter went to nobody; SES refused the mail to 1." in _report(cloud)
        assert "Naps" not in cloud.page("/newsletter/").text
        assert 404 == cloud.page(f"/newsletter/{cloud.clock.now().year}/").status


@pytest.mark.botocore
def test_a_reader_leaves_in_one_click_and_gets_no_more() -> None:
    """The header that mail clients use works by POST alone; a GET, as scanners send it, changes nothing."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        cloud.upload("site.yaml", SITE)
        subscribe(cloud, "ada@example.org")
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        mail = cloud.mails()[-1]
        (link,) = re.findall(r"<(https?://[^>]+)>", mail["List-Unsubscribe"])
        parts = urlsplit(link)
        assert "List-Unsubscribe=One-Click" == mail["List-Unsubscribe-Post"]
        assert "ada" not in link
        cloud.request("GET", f"{parts.path}?{parts.query}")
        cloud.upload("posts/walks.md", POST.replace("Naps", "Walks"))
        cloud.settle()
        assert "Walks" == cloud.mails()[-1]["Subject"]
        cloud.request("POST", f"{parts.path}?{parts.query}", form={"List-Unsubscribe": "One-Click"})
        cloud.upload("posts/breath.md", POST.replace("Naps", "Breath"))
        cloud.settle()
        assert "Walks" == cloud.mails()[-1]["Subject"]
        assert dict(parse_qsl(parts.query))


def test_a_renamed_file_brings_no_second_mail(cloud: LocalCloud) -> None:
    """Renamed within its grace period or afterwards, with an `id` or without: one mail, and nobody has to look."""
    words = "A nap is not a defeat, and twenty minutes are enough for most people who take one after lunch. " * 2
    text = f"---\ntitle: Naps\ndate: 2026-03-16\n---\n{words}\n"
    subscribe(cloud, "ada@example.org")
    cloud.upload("posts/naps.md", text)
    cloud.settle(timedelta(minutes=1))
    cloud.delete("posts/naps.md")
    cloud.upload("posts/short-sleep.md", text)
    cloud.settle()
    mails = [mail for mail in cloud.mails() if mail["Subject"] == "Naps"]
    assert 1 == len(mails)
    assert "/short-sleep/" in mails[0].as_string()
    cloud.upload("posts/siesta.md", text)
    cloud.settle()
    cloud.delete("posts/short-sleep.md")
    cloud.settle()
    assert 1 == len([mail for mail in cloud.mails() if mail["Subject"] == "Naps"])
    assert "passed" == ((cloud.report("posts/siesta.md") or {})["mail"] or {})["state"]
