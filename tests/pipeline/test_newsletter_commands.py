"""`dropcap newsletter` and `dropcap subscribers`, each action, against a deployed stack with the real template."""

import csv
import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from unittest.mock import Mock

import boto3
import pytest

from dropcap.errors import ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap_cli.cli import main
from dropcap_cli.newsletter_tools import NewsletterTools
from dropcap_cli.remote import stack_lookup
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.deployment import deploy
from dropcap_local.usage_error import UsageError
from support.deployed_stack import deployed_session
from support.readers import subscribe
from support.site_folders import CommandLine, Ran

SITE = "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
POST = "---\ntitle: Naps\ndate: 2025-03-14\n---\nAbout naps.\n"
KEY = "posts/naps.md"
EXPORT = """id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels
1,ada@example.org,Ada,,true,false,,2024-05-01T10:00:00.000Z,,
2,new@example.org,New,,true,false,,2024-05-02T10:00:00.000Z,,
3,left@example.org,Left,,true,false,,2024-05-03T10:00:00.000Z,,
4,elsewhere@example.org,Else,,false,false,,2024-05-04T10:00:00.000Z,,
5,nobody,No,,true,false,,2024-05-05T10:00:00.000Z,,
"""


class QuietCommandLine(CommandLine):
    """Runs `dropcap` for the deployed stack, apart from what the functions in this process have logged before."""

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run `dropcap` with ARGUMENTS."""
        self._captured.readouterr()
        return super().__call__(*arguments, "--stack", "dropcap")


@pytest.fixture
def dropcap(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Return the command line, whose output is its own."""
    return QuietCommandLine(capsys)


def deployed(cloud: LocalCloud, patch: pytest.MonkeyPatch, *refused: tuple[str, str]) -> None:
    """Make the command line take CLOUD for a deployed stack, some of whose calls are REFUSED."""
    session = deployed_session(cloud, *refused)
    patch.setattr(stack_lookup, "_user_session", lambda _arguments: session)


def stack_of(cloud: LocalCloud) -> RemoteStack:
    """Return the stack of CLOUD as the command line sees it."""
    return RemoteStack(boto3.session.Session("local", "local", region_name=REGION), None, cloud.stack.ids)


@pytest.fixture
def newsletters(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCloud]:
    """Return a deployed stack with two subscribers and an issue in its grace period."""
    with LocalCloud(environment={"NEWS_SINCE": "2025-03-01"}) as cloud:
        deployed(cloud, monkeypatch)
        cloud.upload("site.yaml", SITE)
        for reader in ("ada@example.org", "grace@example.org"):
            subscribe(cloud, reader)
        cloud.upload(KEY, POST)
        cloud.settle(timedelta(minutes=1))
        yield cloud


def issues_mailed(cloud: LocalCloud) -> list[str]:
    """Return who got the issue, in order."""
    return sorted(mail["To"] for mail in cloud.mails() if mail["Subject"] == "Naps")


def report_on(cloud: LocalCloud) -> str:
    """Return the text of the report on the post."""
    body = cloud.client("s3").get_object(Bucket=cloud.id("ContentBucket"), Key=f"reports/{KEY}.txt")["Body"]
    return body.read().decode()


def test_an_issue_is_looked_at_held_released_stopped_and_cancelled(
    newsletters: LocalCloud, dropcap: CommandLine, tmp_path: Path
) -> None:
    """The life of one issue in its owner's hands; a decision that does not apply ends with exit code 1."""
    status = dropcap("newsletter", "status", KEY, "--json").account
    assert ("waiting", 0, {}) == (status["state"], status["account"]["recipients"], status["missed"])
    assert 0 == dropcap("newsletter", "preview", KEY, "--out", tmp_path / "issue.eml").code
    assert "Naps" == message_from_bytes((tmp_path / "issue.eml").read_bytes())["Subject"]
    assert "would be changed" in dropcap("newsletter", "hold", KEY, "--dry-run").output
    assert "is held" in dropcap("newsletter", "hold", KEY, "--reason", "a typing error").output
    newsletters.settle(timedelta(hours=1))
    assert [] == issues_mailed(newsletters)
    held = dropcap("newsletter", "status", KEY)
    assert (0, True) == (held.code, "held, a typing error" in held.output)
    assert 1 == dropcap("newsletter", "stop", KEY).code
    assert "is being sent now" in dropcap("newsletter", "release", KEY).output
    newsletters.settle(timedelta(hours=1))
    assert ["ada@example.org", "grace@example.org"] == issues_mailed(newsletters)
    account = dropcap("newsletter", "status", KEY, "--json").account["account"]
    assert (2, 2, 0, 2) == tuple(account[name] for name in ("recipients", "accepted", "queued", "delivered"))
    assert "SES accepted the mail" in dropcap("newsletter", "test", KEY, "editor@example.org").output
    assert 3 == len(issues_mailed(newsletters))
    assert account == dropcap("newsletter", "status", KEY, "--json").account["account"]
    assert "0 mails" in dropcap("newsletter", "resend-failed", KEY).output
    assert "delivering, released by the operator; before: a typing error" in dropcap("newsletter", "status", KEY).output
    late = dropcap("newsletter", "stop", KEY)
    assert (1, "Nothing was changed. All its mails have been sent.\n") == (late.code, late.error)
    assert 0 == dropcap("newsletter", "resume", KEY).code
    assert "is cancelled" in dropcap("newsletter", "cancel", KEY).output
    again = dropcap("newsletter", "release", KEY)
    assert (1, "Nothing was changed. The issue is cancelled.\n") == (again.code, again.error)
    newsletters.settle(timedelta(minutes=1))
    assert "The operator cancelled its newsletter: it went to 2 subscribers." in report_on(newsletters)
    assert 1 == dropcap("newsletter", "status", "posts/unknown.md").code
    assert [] == newsletters.event_loop.errors


def test_an_issue_that_is_stopped_before_its_first_mail_has_gone_to_nobody(
    newsletters: LocalCloud, dropcap: CommandLine
) -> None:
    """Neither the report nor the site's list of issues takes its recipients for readers; nor after it is resumed."""
    newsletters.account.per_day = newsletters.account.sent_today()
    assert 0 == dropcap("newsletter", "release", KEY).code
    newsletters.settle(timedelta(minutes=1))
    assert "stops within one page" in dropcap("newsletter", "stop", KEY).output
    newsletters.settle(timedelta(minutes=1))
    assert b"/naps/" not in newsletters.page("/newsletter/").body
    assert "The operator stopped its newsletter: it went to nobody; 2 are still to be sent." in report_on(newsletters)
    assert 0 == dropcap("newsletter", "resume", KEY).code
    newsletters.settle(timedelta(minutes=1))
    assert b"/naps/" not in newsletters.page("/newsletter/").body
    assert "Its newsletter is being sent." in report_on(newsletters)


def test_subscribers_are_counted_imported_exported_and_erased(
    newsletters: LocalCloud, dropcap: CommandLine, tmp_path: Path
) -> None:
    """An import is tried first, and brings nobody back; what was exported can be imported."""
    export, copy = tmp_path / "members.csv", tmp_path / "copy.csv"
    export.write_text(EXPORT, encoding="utf-8")
    subscribe(newsletters, "left@example.org")
    tools = NewsletterTools(stack_of(newsletters))
    leaver = next(item for item in tools.records.all() if item["address"] == "left@example.org")
    tools.subscribers.leave(leaver["sk"], newsletters.clock.now())
    rows = {"already here": 1, "new": 1, "left": 1, "left at the other service": 1, "invalid": 1}
    tried = dropcap("subscribers", "import", export, "--json")
    assert (1, "ghost", False, rows) == (
        tried.code, tried.account["service"], tried.account["imported"], tried.account["rows"],
    )  # fmt: skip
    assert [f"{export}:6: 'nobody' is not a mail address"] == tried.account["invalid"]
    assert {"confirmed": 2, "unsubscribed": 1} == dropcap("subscribers", "count", "--json").account
    assert "Imported." in dropcap("subscribers", "import", export, "--yes").output
    assert {"confirmed": 3, "unsubscribed": 1} == dropcap("subscribers", "count", "--json").account
    shown = dropcap("subscribers", "show", "new@example.org", "--json").account
    assert ("ghost", "2024-05-02T10:00:00.000Z") == (shown["source"], shown["consented"])
    assert not {"token", "question"} & shown.keys()
    assert 0 == dropcap("subscribers", "export", copy).code
    assert 0o600 == copy.stat().st_mode & 0o777
    assert 3 == len(dropcap("subscribers", "export", "--json").account["subscribers"])
    assert 2 == dropcap("subscribers", "export", tmp_path / "no-folder" / "copy.csv").code
    with copy.open(encoding="utf-8") as file:
        assert {"ada@example.org", "grace@example.org", "new@example.org"} == {
            row["email"] for row in csv.DictReader(file)
        }
    assert {"already here": 3} == dropcap("subscribers", "import", copy, "--json").account["rows"]
    assert "would be erased" in dropcap("subscribers", "erase", "new@example.org").output
    assert 1 == dropcap("subscribers", "erase", "nobody@example.org").code
    assert 2 == dropcap("subscribers", "erase", "new@example.org", "--dry-run", "--yes").code
    assert {"confirmed": 3, "unsubscribed": 1} == dropcap("subscribers", "count", "--json").account
    assert "Erased." in dropcap("subscribers", "erase", "new@example.org", "--yes").output
    assert 1 == dropcap("subscribers", "show", "new@example.org").code
    assert 1 == dropcap("subscribers", "unsuppress", "ada@example.org").code
    tools.subscribers.suppress(leaver["sk"], "complained", newsletters.clock.now())
    suppressed = dropcap("subscribers", "unsuppress", "left@example.org", "--dry-run")
    assert (0, True) == (suppressed.code, "would be allowed" in suppressed.output)
    assert 1 == dropcap("subscribers", "import", export, "--json").account["rows"]["suppressed"]
    assert 0 == dropcap("subscribers", "unsuppress", "left@example.org", "--operator", "Grace").code
    assert "Grace" == dropcap("subscribers", "show", "left@example.org", "--json").account["lifted_by"]


def test_an_address_leaves_the_suppression_list_of_ses_too(newsletters: LocalCloud, dropcap: CommandLine) -> None:
    """Else SES would not send the confirmation, and its report of a bounce would suppress the address again."""
    listed = newsletters.account.suppressed
    ben = MailAddress("ben@example.org")
    NewsletterTools(stack_of(newsletters)).subscribers.suppress(
        ben.subscriber, "a hard bounce", newsletters.clock.now()
    )
    listed |= {ben.written, "nobody@example.org"}
    assert 0 == dropcap("subscribers", "unsuppress", "Ben@example.org").code
    assert {"nobody@example.org"} == listed
    subscribe(newsletters, ben.written)
    assert {"confirmed": 3} == dropcap("subscribers", "count", "--json").account
    assert 0 == dropcap("subscribers", "unsuppress", "nobody@example.org").code
    listed.add("grace@example.org")
    assert 0 == dropcap("subscribers", "erase", "grace@example.org", "--yes").code
    assert set() == listed


def test_a_dry_import_counts_as_the_import_does(newsletters: LocalCloud, dropcap: CommandLine, tmp_path: Path) -> None:
    """An address that the file has twice is new once, and a repeated import finds everybody."""
    export = tmp_path / "list.csv"
    export.write_text("email\nnew@example.org\nNEW@example.org\nada@example.org\nother@example.org\n", encoding="utf-8")
    rows = {"new": 2, "already here": 2}
    assert rows == dropcap("subscribers", "import", export, "--json").account["rows"]
    assert rows == dropcap("subscribers", "import", export, "--yes", "--json").account["rows"]
    assert {"already here": 4} == dropcap("subscribers", "import", export, "--yes", "--json").account["rows"]
    assert [] == newsletters.event_loop.errors


def test_an_import_subscribes_nobody_who_left_in_another_row_or_has_not_confirmed_here(
    newsletters: LocalCloud, dropcap: CommandLine, tmp_path: Path
) -> None:
    """Files that were put together have both rows; and who asked here may have unsubscribed before."""
    newsletters.request("POST", "/api/subscribe", form={"email": "asked@example.org"})
    export = tmp_path / "list.csv"
    export.write_text(
        "email,status\nBOTH@example.org,unsubscribed\nboth@example.org,active\nasked@example.org,active\n",
        encoding="utf-8",
    )
    rows = {"left at the other service": 2, "not confirmed here yet": 1}
    assert rows == dropcap("subscribers", "import", export, "--yes", "--json").account["rows"]
    assert {"confirmed": 2, "pending": 1} == dropcap("subscribers", "count", "--json").account


def test_long_work_shows_its_progress_on_standard_error(
    newsletters: LocalCloud,  # noqa: ARG001  # the stack
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A line for each interval; standard output is as it would be without."""
    monkeypatch.setattr("dropcap_cli.progress.INTERVAL", 0)
    export = tmp_path / "list.csv"
    export.write_text("email\nnew@example.org\nother@example.org\n", encoding="utf-8")
    capsys.readouterr()
    assert 0 == main(["subscribers", "import", str(export), "--json", "--stack", "dropcap"])
    written = capsys.readouterr()
    assert ["1 of 2 rows done", "2 of 2 rows done"] == written.err.splitlines()
    assert {"new": 2} == json.loads(written.out)["rows"]
    assert 0 == main(["subscribers", "erase", "ada@example.org", "--yes", "--stack", "dropcap"])
    assert "items of the newsletter table read" in capsys.readouterr().err


def test_an_issue_whose_post_is_gone_is_not_released(newsletters: LocalCloud, dropcap: CommandLine) -> None:
    """The dry run says so too."""
    newsletters.delete(KEY)
    newsletters.settle(timedelta(hours=1))
    assert "withdrawn" == dropcap("newsletter", "status", KEY, "--json").account["state"]
    for options in ([], ["--dry-run"]):
        ran = dropcap("newsletter", "release", KEY, *options)
        assert (1, f"Nothing was changed. {KEY} is not published: publish it first.\n") == (ran.code, ran.error)


def test_issues_releases_as_newsletter_does(newsletters: LocalCloud, dropcap: CommandLine) -> None:
    """A held issue whose post is gone stays held; JSON is JSON."""
    assert 0 == dropcap("newsletter", "hold", KEY).code
    newsletters.delete(KEY)
    newsletters.settle(timedelta(minutes=1))
    ran = dropcap("issues", "release", KEY)
    assert (1, f"Nothing was released. {KEY} is not published: publish it first.\n") == (ran.code, ran.error)
    newsletters.upload(KEY, POST)
    newsletters.settle(timedelta(minutes=1))
    assert KEY == dropcap("issues", "release", KEY, "--json").account["key"]
    newsletters.settle(timedelta(minutes=1))
    assert ["ada@example.org", "grace@example.org"] == issues_mailed(newsletters)


@pytest.mark.parametrize("command", ["issues", "newsletter"])
def test_a_held_issue_is_released_although_its_file_was_renamed(
    newsletters: LocalCloud, dropcap: CommandLine, command: str
) -> None:
    """It is the issue of the file under its new name."""
    post = POST.replace("---\n", "---\nid: naps\n", 1)
    newsletters.upload(KEY, post)
    newsletters.settle(timedelta(minutes=1))
    assert 0 == dropcap("newsletter", "hold", KEY).code
    newsletters.upload("posts/siestas.md", post)
    newsletters.delete(KEY)
    newsletters.settle(timedelta(minutes=1))
    ran = dropcap(command, "release", KEY)
    assert 0 == ran.code, ran.error
    newsletters.settle(timedelta(minutes=1))
    assert ["ada@example.org", "grace@example.org"] == issues_mailed(newsletters)


def test_a_refusal_by_aws_names_what_was_refused(
    newsletters: LocalCloud, dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, without a traceback."""
    assert 2 == dropcap("newsletter", "preview", KEY, "--out", tmp_path / "no-folder" / "a.eml").code
    deployed(newsletters, monkeypatch, ("lambda", "GetFunctionConfiguration"))
    ran = dropcap("newsletter", "preview", KEY, "--out", tmp_path / "a.eml")
    assert (2, True) == (ran.code, "AnnounceFunction" in ran.error)
    deployed(newsletters, monkeypatch, ("sesv2", "SendEmail"))
    ran = dropcap("newsletter", "test", KEY, "me@example.org")
    assert (1, True) == (ran.code, "SES did not accept the mail" in ran.error)


def test_a_refusal_after_something_was_changed_ends_with_1(
    newsletters: LocalCloud, dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 says that nothing was changed. Repeating the command goes on."""
    export = tmp_path / "list.csv"
    export.write_text("email\nada@example.org\nnew@example.org\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("dropcap.aws.subscriber_records.transact", Mock(side_effect=ServiceError("no connection")))
        ran = dropcap("subscribers", "import", export, "--yes")
    assert (1, True) == (ran.code, "Part of it may be done: repeat the command." in ran.error)
    deployed(newsletters, monkeypatch, ("sesv2", "DeleteSuppressedDestination"))
    ran = dropcap("subscribers", "erase", "ada@example.org", "--yes")
    assert (1, True) == (ran.code, "DeleteSuppressedDestination" in ran.error)
    assert {"confirmed": 1} == dropcap("subscribers", "count", "--json").account
    assert 2 == dropcap("subscribers", "unsuppress", "ada@example.org").code
    deployed(newsletters, monkeypatch)
    assert 0 == dropcap("subscribers", "erase", "ada@example.org", "--yes").code


def test_a_stack_without_a_newsletter_says_so(dropcap: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tables are there, its functions are not."""
    with LocalCloud(deployer=lambda template: deploy(template, {})) as cloud:
        deployed(cloud, monkeypatch)
        assert "no subscribers" in dropcap("subscribers", "count").output
        assert "0 held." in dropcap("issues").output
        assert 1 == dropcap("newsletter", "status", KEY).code
        cloud.upload(KEY, POST)
        cloud.settle()
        tools = NewsletterTools(stack_of(cloud))
        with pytest.raises(UsageError, match="deployed without a newsletter"):
            _ = tools.mail
