"""`dropcap dev` serves a folder as a live site, with a mailbox and an AWS endpoint."""

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
from support.site_folders import GOOD, CommandLine, site_folder

BUCKET = "dropcap-contentbucket"
MORNING = "---\ntitle: A morning\ndate: 2025-03-18\n---\nGood morning.\n"


def test_pages_are_served_with_a_live_reload_script(dev: Running) -> None:
    """The local server adds the script to pages only, and the bucket does not have it."""
    page = get(f"{dev.site}/naps/")
    assert 200 == page.status
    assert "<strong>enough</strong>" in page.text
    assert 1 == page.text.count('<script src="/.dropcap/live.js"')
    assert "EventSource" in get(f"{dev.site}/.dropcap/live.js").text
    assert "live.js" not in get(f"{dev.site}/feed.xml").text


def test_an_unknown_url_gets_the_404_page_of_the_site(dev: Running) -> None:
    """With the script, so that the page appears when it is published."""
    page = get(f"{dev.site}/nothing-here/")
    assert 404 == page.status
    assert "live.js" in page.text


def test_an_upload_by_another_program_is_live(dev: Running) -> None:
    """After an upload to the endpoint, the page and its entry on the home page follow."""
    client = boto3.session.Session(
        ENVIRONMENT["AWS_ACCESS_KEY_ID"], ENVIRONMENT["AWS_SECRET_ACCESS_KEY"], region_name="eu-central-1"
    ).client("s3", endpoint_url=dev.endpoint, config=Config(retries={"total_max_attempts": 1}))
    client.put_object(Bucket=BUCKET, Key="content/posts/morning.md", Body=MORNING.encode())
    soon(lambda: "Good morning." in get(f"{dev.site}/morning/").text)
    soon(lambda: "A morning" in get(f"{dev.site}/").text)
    report = client.get_object(Bucket=BUCKET, Key="reports/posts/morning.md.txt")["Body"].read().decode()
    assert "Published" in report
    client.close()


def test_the_printed_command_uploads(dev: Running) -> None:
    """With the real AWS CLI, and no other settings than those in the line."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    command = ["env", *shlex.split(dev.copy_command)]
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=60)  # noqa: S603  # our own line
    soon(lambda: "Hello from the command line" in get(f"{dev.site}/hello/").text)


def test_a_saved_file_reloads_only_the_open_pages_that_show_it(dev: Running, folder: Path) -> None:
    """A page that is the same as before gets no event."""
    place = folder / "posts/walks.md"
    digests = {path: _digest(dev, path) for path in ("/walks/", "/newsletter/")}
    with (
        events(dev.site, "/walks/", digests["/walks/"]) as walks,
        events(dev.site, "/newsletter/", digests["/newsletter/"]) as letters,
    ):
        place.write_text(place.read_text().replace("Slowly", "Briskly"))
        assert any(line == "event: changed" for line in walks)
        soon(lambda: "Briskly" in get(f"{dev.site}/walks/").text)
        # The first event for the second page is about its own change.
        site = folder / "site.yaml"
        site.write_text(site.read_text().replace("The Quiet Hour", "The Quieter Hour"))
        assert "event: changed" == next(line for line in letters if line.startswith("event"))
        assert "The Quieter Hour" in get(f"{dev.site}/newsletter/").text


def test_a_removed_file_is_gone(dev: Running, folder: Path) -> None:
    """So are the files of a subfolder that is moved away."""
    (folder / "notes").mkdir()
    (folder / "notes/brief.md").write_text("---\ntitle: Brief\n---\nA note.\n")
    soon(lambda: 200 == get(f"{dev.site}/brief/").status)
    (folder / "notes").rename(folder.parent / "elsewhere")
    soon(lambda: 410 == get(f"{dev.site}/brief/").status)


def test_a_person_can_subscribe(dev: Running) -> None:
    """The form is sent, the mail is in the mailbox, its link leads to the local site, and the button confirms."""
    answer = post(f"{dev.site}/api/subscribe", email="ada@example.org")
    assert 200 == answer.status
    assert "live.js" not in answer.text  # a reload would send the form once more
    soon(lambda: "ada@example.org" in get(f"{dev.mailbox}/").text)
    mail = get(f"{dev.mailbox}/1/").text
    link = html.unescape(re.findall(r'href="(http[^"]+/api/confirm[^"]+)"', mail)[0])
    assert link.startswith(dev.site)
    hidden = dict(re.findall(r'name="([st])" value="([^"]+)"', get(link).text))
    assert 200 == post(f"{dev.site}/api/confirm", **hidden).status


def test_the_mailbox_runs_no_scripts_of_a_mail(dev: Running) -> None:
    """Its HTML is in a frame without scripts and forms, and links open in a new tab."""
    post(f"{dev.site}/api/subscribe", email="bob@example.org")
    soon(lambda: "bob@example.org" in get(f"{dev.mailbox}/").text)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in get(f"{dev.mailbox}/1/").text
    source = get(f"{dev.mailbox}/1/source").text
    assert "Auto-Submitted: auto-generated\r\n" in source
    unstyled = get(f"{dev.mailbox}/1/html/unstyled").text
    assert ("<style" in unstyled, "background-color" in unstyled) == (False, True)
    assert "@media all" in get(f"{dev.mailbox}/1/html/dark").text
    framed = get(f"{dev.mailbox}/1/html").text
    assert framed.startswith('<base target="_blank">')
    assert "live.js" not in framed
    assert "Subject:" in get(f"{dev.mailbox}/1/source").text
    assert 404 == get(f"{dev.mailbox}/99/").status


def test_a_preview_of_an_issue_is_shown_in_the_mailbox(
    dev: Running, dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command writes the mail and opens it beside those that were sent; nothing is sent."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    sent = get(f"{dev.mailbox}/").text
    file = tmp_path / "naps.eml"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(dev.runtime))
    ran = dropcap("newsletter", "preview", "posts/naps.md", "--out", file)
    assert (0, [address := opened[0]]) == (ran.code, opened)
    assert f"It is shown at {address}" in ran.output
    assert address.startswith(f"{dev.mailbox}/preview/")
    assert get(f"{address}source").text.encode() == file.read_bytes()
    assert "Why naps work" in get(f"{address}html/dark").text
    assert "Why naps work" in get(address).text
    assert sent == get(f"{dev.mailbox}/").text
    assert 404 == get(f"{dev.mailbox}/preview/{'0' * 32}/").status


def test_the_commands_for_subscribers_work_on_the_served_cloud(
    dev: Running, dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that change the suppression list of SES, which moto's server does not have."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(dev.runtime))
    readers = tmp_path / "readers.csv"
    readers.write_text("email\nada@example.org\n")
    assert 0 == dropcap("subscribers", "import", readers, "--yes").code
    ran = dropcap("subscribers", "unsuppress", "ada@example.org")
    assert (1, "ada@example.org is not suppressed.\n") == (ran.code, ran.error)
    ran = dropcap("subscribers", "erase", "ada@example.org", "--yes")
    assert (0, "Erased.") == (ran.code, ran.output[:7]), ran.error


def test_the_endpoint_does_not_expose_the_controls_of_moto(dev: Running) -> None:
    """A request must not reset the cloud."""
    assert 404 == post(f"{dev.endpoint}/moto-api/reset", all="yes").status


def test_a_signal_ends_the_server_and_the_next_start_goes_on(tmp_path: Path) -> None:
    """Ctrl-C and SIGTERM, also with open pages: exit code 0, no further output. Pages of the last run are served."""
    site, cache = site_folder(tmp_path, *GOOD), tmp_path / "cache"
    with running("dev", site, cache=cache) as served, events(served.site, "/", "") as home:
        assert next(home)
        assert (0, "") == served.end(signal.SIGINT)
    (site / "posts/morning.md").write_text(MORNING)
    with running("dev", site, cache=cache) as served, events(served.site, "/", "") as home:
        assert next(home)
        assert served.output.startswith("The site of the last run is at http://127.0.0.1:")
        assert "Uploaded 1 files since the last run" in served.output
        assert ["Good morning." in get(f"{served.site}{path}").text for path in ("/morning/", "/naps/")] == [
            True,
            False,
        ]
        assert (0, "") == served.end(signal.SIGTERM)


def test_open_opens_the_site_in_the_browser(tmp_path: Path) -> None:
    """Once, when it is served."""
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    browser.chmod(0o755)
    with running("dev", site_folder(tmp_path, *GOOD), "--open", browser=browser) as served:
        soon(opened.exists)
        assert f"{served.site}/\n" == soon(opened.read_text)


def test_the_desk_shows_uploads_and_reports(dev: Running) -> None:
    """Posts by status, the report on one, and its way through the functions with times."""
    desk = get(f"{dev.desk}/").text
    for part in ("local cloud of", "published", "posts/naps.md", "ViewQueue", f"{dev.mailbox}/"):
        assert part in desk, part
    assert "Published" in get(f"{dev.desk}/report?key=posts/naps.md").text
    (upload,) = re.findall(r'href="(/trace\?id=\w+)">posts/naps.md<', desk)
    trace = get(f"{dev.desk}{upload}").text
    assert ["render", "index", "publish"] == [
        name for name in ("render", "index", "publish") if f"<td>{name}<" in trace
    ]
    assert 405 == post(f"{dev.desk}/", key="posts/naps.md").status


def test_logs_and_traces_are_those_of_the_running_cloud(
    dev: Running, dropcap: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By path, the newest upload: each function in the order of the pipeline, with seconds since the upload."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(dev.runtime))
    trace = dropcap("trace", "--json", folder / "posts/walks.md").account
    functions = [hop["function"] for hop in trace["hops"]]
    assert ("posts/walks.md", ["render", "index", "publish"]) == (trace["source"], list(dict.fromkeys(functions))[:3])
    after = [hop["after"] for hop in trace["hops"]]
    assert after == sorted(after)
    logged = dropcap("logs", "--function", "render", "--since", "1h").output
    assert "rendered  source=posts/walks.md outcome=published" in logged
    assert 1 == dropcap("trace", "posts/none.md").code


def test_the_demo_prints_a_summary_and_the_addresses() -> None:
    """About a dozen lines: a line per phase, the four addresses, and the line to try."""
    with running("demo") as served:
        progress = ("Uploading:", "Rendering:")  # a line every ten seconds, on a slow machine
        lines = [line for line in served.output.splitlines() if not line.startswith(progress)]
        assert 19 >= len(lines), served.output
        phases = ["Local cloud started", "Uploaded", "render", "index", "publish", "Files: "]
        starts = [next(number for number, line in enumerate(lines) if line.strip().startswith(name)) for name in phases]
        assert sorted(starts) == starts
        assert 200 == get(f"{served.site}/").status
        assert (0, "") == served.end(signal.SIGINT)


@pytest.mark.parametrize("option", ["-v", "--hops"])
def test_verbose_prints_every_step_with_its_duration(tmp_path: Path, option: str) -> None:
    """In the order of the pipeline; `--hops` is the older name."""
    with running("dev", option, site_folder(tmp_path, *GOOD)) as served:
        steps = re.findall(r"^ +\d+\.\d+ s  (\w+) +\d+ from .* ms$", served.output, re.MULTILINE)
        first = [steps.index(name) for name in ("render", "index", "publish", "refresh")]
        assert sorted(first) == first


def test_a_missing_folder_keeps_its_pages_and_is_watched_when_it_is_back(tmp_path: Path) -> None:
    """A folder that is moved away and back, or replaced, is followed again."""
    site = site_folder(tmp_path, *GOOD)
    away = tmp_path / "away"
    with running("dev", site) as served:
        site.rename(away)
        assert served.process.stdout
        assert "is missing" in served.process.stdout.readline()
        assert 200 == get(f"{served.site}/naps/").status
        (away / "posts/walks.md").unlink()
        away.rename(site)
        soon(lambda: 410 == get(f"{served.site}/walks/").status)
        (site / "posts/morning.md").write_text(MORNING)
        soon(lambda: "Good morning." in get(f"{served.site}/morning/").text)
        _, rest = served.end(signal.SIGINT)
        assert "is back" in rest
        assert "removed   posts/walks.md" in rest


def _digest(dev: Running, path: str) -> str:
    match = re.search(r'data-seen="(\w+)"', get(f"{dev.site}{path}").text)
    assert match
    return match[1]
