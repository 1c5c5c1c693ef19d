"""`dropcap dev`: a folder is a live site, an AWS endpoint and a mailbox, for as long as it runs."""

import html
import os
import re
import shlex
import signal
import subprocess
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from dropcap_local.clients import ENVIRONMENT
from support.command_line import Running, events, get, post, running, soon
from support.site_folders import GOOD, site_folder

BUCKET = "dropcap-contentbucket"
MORNING = "---\ntitle: A morning\ndate: 2025-03-18\n---\nGood morning.\n"


def test_pages_are_served_with_a_script_that_looks_for_changes(dev: Running) -> None:
    """The script is the local server's own: it is in the page that is sent, and not in what is kept."""
    page = get(f"{dev.site}/naps/")
    assert 200 == page.status
    assert "<strong>enough</strong>" in page.text
    assert 1 == page.text.count('<script src="/.dropcap/live.js"')
    assert "EventSource" in get(f"{dev.site}/.dropcap/live.js").text
    assert "live.js" not in get(f"{dev.site}/feed.xml").text


def test_an_unknown_address_is_the_sites_own_404(dev: Running) -> None:
    """It has the script too, so that the page appears as soon as it is published."""
    page = get(f"{dev.site}/nothing-here/")
    assert 404 == page.status
    assert "live.js" in page.text


def test_an_upload_by_any_client_is_live(dev: Running) -> None:
    """An author's own program uploads to the endpoint; within moments the page stands, and the home page names it."""
    client = boto3.session.Session(
        ENVIRONMENT["AWS_ACCESS_KEY_ID"], ENVIRONMENT["AWS_SECRET_ACCESS_KEY"], region_name="eu-central-1"
    ).client("s3", endpoint_url=dev.endpoint, config=Config(retries={"total_max_attempts": 1}))
    client.put_object(Bucket=BUCKET, Key="content/posts/morning.md", Body=MORNING.encode())
    soon(lambda: "Good morning." in get(f"{dev.site}/morning/").text)
    soon(lambda: "A morning" in get(f"{dev.site}/").text)
    report = client.get_object(Bucket=BUCKET, Key="reports/posts/morning.md.txt")["Body"].read().decode()
    assert "It is published" in report
    client.close()


def test_the_printed_line_uploads(dev: Running) -> None:
    """The real AWS CLI, with nothing but what the line says."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    command = ["env", *shlex.split(dev.copy_command)]
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=60)  # noqa: S603  # our own line
    soon(lambda: "Hello from the command line" in get(f"{dev.site}/hello/").text)


def test_a_saved_file_changes_the_open_page_and_no_other(dev: Running, folder: Path) -> None:
    """The page that shows it hears of the change; a page that shows the same as before does not."""
    place = folder / "posts/walks.md"
    seen = {path: _digest(dev, path) for path in ("/walks/", "/newsletter/")}
    with (
        events(dev.site, "/walks/", seen["/walks/"]) as walks,
        events(dev.site, "/newsletter/", seen["/newsletter/"]) as letters,
    ):
        place.write_text(place.read_text().replace("Slowly", "Briskly"))
        assert any(line == "event: changed" for line in walks)
        soon(lambda: "Briskly" in get(f"{dev.site}/walks/").text)
        # A change of the second page is heard, and it is the first thing heard there.
        site = folder / "site.yaml"
        site.write_text(site.read_text().replace("The Quiet Hour", "The Quieter Hour"))
        assert "event: changed" == next(line for line in letters if line.startswith("event"))
        assert "The Quieter Hour" in get(f"{dev.site}/newsletter/").text


def test_a_removed_file_is_gone(dev: Running, folder: Path) -> None:
    """So is a whole folder that is moved away at once."""
    (folder / "notes").mkdir()
    (folder / "notes/brief.md").write_text("---\ntitle: Brief\n---\nA note.\n")
    soon(lambda: 200 == get(f"{dev.site}/brief/").status)
    (folder / "notes").rename(folder.parent / "elsewhere")
    soon(lambda: 410 == get(f"{dev.site}/brief/").status)


def test_a_person_can_subscribe(dev: Running) -> None:
    """The form is sent, the letter is in the mailbox, its link leads to the local site, and the button confirms."""
    answer = post(f"{dev.site}/api/subscribe", email="ada@example.org")
    assert 200 == answer.status
    assert "live.js" not in answer.text  # a reload would ask once more
    soon(lambda: "ada@example.org" in get(f"{dev.mailbox}/").text)
    mail = get(f"{dev.mailbox}/1/").text
    link = html.unescape(re.findall(r'href="(http[^"]+/api/confirm[^"]+)"', mail)[0])
    assert link.startswith(dev.site)
    hidden = dict(re.findall(r'name="([st])" value="([^"]+)"', get(link).text))
    assert 200 == post(f"{dev.site}/api/confirm", **hidden).status


def test_a_mail_runs_nothing_in_the_mailbox(dev: Running) -> None:
    """Its HTML stands in a frame without scripts and forms, from which links open in a tab of their own."""
    post(f"{dev.site}/api/subscribe", email="bob@example.org")
    soon(lambda: "bob@example.org" in get(f"{dev.mailbox}/").text)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in get(f"{dev.mailbox}/1/").text
    framed = get(f"{dev.mailbox}/1/html").text
    assert framed.startswith('<base target="_blank">')
    assert "live.js" not in framed
    assert "Subject:" in get(f"{dev.mailbox}/1/source").text
    assert 404 == get(f"{dev.mailbox}/99/").status


def test_the_endpoint_does_not_hand_out_motos_controls(dev: Running) -> None:
    """A slip of the hand must not empty the cloud."""
    assert 404 == post(f"{dev.endpoint}/moto-api/reset", all="yes").status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and a supervisor's signal alike: exit code 0, nothing more to be read, however many pages are open."""
    with (
        running("dev", site_folder(tmp_path, *GOOD)) as served,
        events(served.site, "/", "") as home,
    ):
        assert next(home)
        assert (0, "") == served.end(number)


def test_the_demonstration_tells_of_every_hop() -> None:
    """One line a hop with its time, in the river's order, and then where to look."""
    with running("demo") as served:
        hops = re.findall(r"^ +\d+\.\d+ s  (\w+) +\d+ from .* ms$", served.said, re.MULTILINE)
        first = [hops.index(name) for name in ("render", "index", "publish", "refresh")]
        assert sorted(first) == first
        assert 200 == get(f"{served.site}/").status
        assert (0, "") == served.end(signal.SIGINT)


def _digest(dev: Running, path: str) -> str:
    found = re.search(r'data-seen="(\w+)"', get(f"{dev.site}{path}").text)
    assert found
    return found[1]
