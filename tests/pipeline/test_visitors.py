"""No request of a visitor changes anything for others, and no answer discloses who subscribes."""

import re
from collections.abc import Iterable, Mapping
from email import message_from_bytes
from os import environ
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dropcap.aws import failures
from dropcap.aws.edge import Cdn
from dropcap_local.cloud import LocalCloud
from dropcap_local.edge.edge import _Visit
from dropcap_local.edge.http_api import HttpRequest
from dropcap_local.events.calls import Phase, Refused
from dropcap_local.resources.stored_objects import stored_objects
from support.function_logs import FunctionLogs, function_logs
from support.made_pictures import picture

ENVIRONMENT = {"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0"}
SITE = "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
NAPS = "---\ntitle: Naps\ndate: 2025-03-14\naliases: [old]\ntags: [sleep]\n---\nTwenty minutes.\n"
EVIL = "evil.example"
SENT: Mapping[str, str] = {
    **dict.fromkeys(
        ("host", "x-forwarded-host", "x-host", "x-original-host", "x-forwarded-server", "forwarded", "via", "origin",
         "x-original-url", "x-rewrite-url", "referer", "user-agent", "accept-language", "x-forwarded-proto",
         "x-http-method-override", "x-amz-meta-location", "x-amz-meta-status", "cloudfront-viewer-address"), EVIL),
    "cookie": f"session={EVIL}; lang=de",
}  # fmt: skip
PAGES = ("/", "/naps/", "/old/", "/nowhere/", "/feed.xml", "/tags/sleep/", "/search/index.json", "/robots.txt")


def seen(cloud: LocalCloud, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
    """Return the status, body and headers of PATH, apart from those that tell of the cache."""
    page = cloud.page(path, headers)
    own = {name: value for name, value in page.headers.items() if name not in {"x-cache", "age"}}
    return page.status, page.body, own


def poisoned(paths: Iterable[str]) -> list[str]:
    """Return those of PATHS whose answers have something that an earlier visitor sent, or depend on it."""
    pages = []
    with LocalCloud() as cloud:
        cloud.upload("posts/naps.md", NAPS)
        cloud.settle()
        for path in paths:
            first = seen(cloud, f"{path}?q={EVIL}&utm_source={EVIL}", SENT)
            is_mentioned = EVIL.encode() in first[1] or EVIL in str(first[2])
            again = cloud.page(path)
            missed = again.headers["x-cache"] == "Miss from cloudfront"
            if is_mentioned or missed or first != seen(cloud, path):
                pages.append(path)
    return pages


def test_nothing_that_a_visitor_sends_reaches_the_next_one() -> None:
    """Query, headers and cookies are no part of the cache's key, and nothing is made of them (cache poisoning)."""
    assert [] == poisoned(PAGES)


@pytest.mark.parametrize("part", ["query", "headers"])
def test_a_cache_key_with_more_than_the_path_is_found(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each visitor would get an own copy, and could fill the cache."""

    def key(visit: _Visit) -> tuple[str, ...]:
        return visit.uri, visit.query if part == "query" else str(visit.request.headers)

    monkeypatch.setattr(_Visit, "key", property(key))
    assert ["/naps/"] == poisoned(["/naps/"])


def test_a_host_that_a_visitor_names_is_in_no_mail_and_on_no_page_of_the_api() -> None:
    """The links of mails begin with the site's own address, whatever the request says; the API redirects nobody."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        cloud.upload("site.yaml", SITE)
        cloud.settle()
        form = {"email": "ada@example.org", "next": f"https://{EVIL}", "url": f"//{EVIL}", "return": f"//{EVIL}"}
        answers = [cloud.request("POST", f"/api/subscribe?next=//{EVIL}", form=form, headers=SENT)]
        cloud.settle()
        (mail,) = cloud.mails()
        assert EVIL not in str(mail)
        answers += [
            cloud.request(method, f"/api/{action}?s={'a' * 64}&t=x&next=//{EVIL}", headers=SENT)
            for method in ("GET", "POST")
            for action in ("confirm", "unsubscribe", "nothing")
        ]
        for answer in answers:
            assert "location" not in answer.headers
            assert EVIL.encode() not in answer.body


class Readers:
    """Subscribers of a site whose services fail once at every kind of call, and quote an address in their errors."""

    def __init__(self, cloud: LocalCloud) -> None:
        """Subscribe to the site of CLOUD."""
        self._cloud = cloud
        self._refused: set[tuple[str, str]] = set()
        cloud.on_call.append(self._refuse)

    def _refuse(self, _service: str, operation: str, _parameters: Mapping[str, Any], phase: Phase) -> None:
        call = environ["AWS_LAMBDA_FUNCTION_NAME"], operation
        if phase == "before" and call not in self._refused and "Render" not in call[0]:
            self._refused.add(call)
            error = {"Code": "InternalServerError", "Message": "Value (ada@example.org) is not valid."}
            raise Refused("InternalServerError", 500, Error=error)

    def insist(self, method: str, path: str, form: dict[str, str]) -> None:
        """Send a form until it is answered, and wait for all that comes of it."""
        while self._cloud.api(HttpRequest.of_form(method, path, form, {})).status >= 500:
            pass
        self._cloud.settle()

    def subscribe(self, address: str) -> dict[str, str]:
        """Subscribe ADDRESS, and return what the link in its mail carries."""
        while not (mails := [mail for mail in self._cloud.mails() if mail["To"] == address]):
            self.insist("POST", "/api/subscribe", {"email": address})
            self._cloud.clock.advance(3600)
        part = mails[0].get_body(("plain",))
        assert part
        (link,) = re.findall(r"https?://\S+/api/confirm\S*", part.get_content())
        query = dict(parse_qsl(urlsplit(link).query))
        self.insist("POST", "/api/confirm", query)
        return query


def kept(cloud: LocalCloud) -> dict[str, str]:
    """Return what is kept outside of the table of subscribers, by where it is kept."""
    texts = {
        f"{bucket} {stored.name}": f"{stored.name} {stored.value!r}"
        for bucket in ("SiteBucket", "ContentBucket", "ArtifactBucket")
        for stored in stored_objects(cloud.id(bucket))
    }
    dynamodb = cloud.client("dynamodb")
    for table in ("CatalogTable", "NewsletterTable"):
        texts |= {f"{table} {item['pk']['S']}": str(item) for item in dynamodb.scan(TableName=cloud.id(table))["Items"]}
    return texts


def disclosures(cloud: LocalCloud, logs: FunctionLogs) -> list[str]:
    """Return where a reader's address or token is, outside of the table of subscribers."""
    subscribers = cloud.client("dynamodb").scan(TableName=cloud.id("SubscribersTable"))["Items"]
    tokens = [item[name]["S"] for item in subscribers for name in ("token", "question") if name in item]
    private = ["ada@", "simulator.amazonses.com", *filter(None, tokens)]
    assert len(private) > 3
    texts = {"the logs": logs.text, **kept(cloud)}
    return [f"{word} in {place}" for place, text in texts.items() for word in private if word in text]


def disclosed_by_a_story() -> list[str]:
    """Return the personal data that two readers leave behind, while each kind of call fails once and quotes one."""
    with function_logs() as logs, LocalCloud(environment=ENVIRONMENT) as cloud:
        cloud.upload("site.yaml", SITE)
        cloud.settle()
        readers = Readers(cloud)
        ada = readers.subscribe("ada@example.org")
        readers.subscribe("bounce@simulator.amazonses.com")
        cloud.upload("posts/naps.md", NAPS)
        cloud.settle()
        readers.insist("POST", "/api/unsubscribe", ada)
        for body in (
            "To: ada@example.org",
            '"ada@example.org"',
            '{"Message": "ada@example.org"}',
            '{"eventType": "Bounce", "mail": {"destination": ["ada@example.org"]}}',
        ):
            cloud.client("sqs").send_message(QueueUrl=cloud.id("FeedbackQueue"), MessageBody=body)
        cloud.settle()
        assert all(logs.lines(function) for function in ("subscribe", "deliver", "feedback", "message_batch"))
        assert "failed" in {line["message"] for line in logs.lines("message_batch")}
        links = [
            link for mail in cloud.mail_sources() for link in re.findall(r"https?://\S+", str(message_from_bytes(mail)))
        ]
        return [
            *disclosures(cloud, logs),
            *(link for link in links if "ada" in link or "%40" in link or "@" in link),
        ]


def test_no_log_link_or_object_has_personal_data() -> None:
    """Neither addresses nor tokens."""
    assert [] == disclosed_by_a_story()


def test_an_address_in_the_logs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """If our own errors quoted what AWS quotes."""
    monkeypatch.setattr(failures, "without_addresses", str)
    assert "ada@ in the logs" in disclosed_by_a_story()


def left_at_the_edge() -> list[str]:
    """Return the paths at which there is something of a post that was public, and cached, and became a draft."""
    word, own = b"xqzv", "xqzv"
    public = f"---\ntitle: {own}\ndate: 2025-03-14\ntags: [{own}]\n---\n{own} ![{own}]({own}.png) [file]({own}.csv)\n"
    with LocalCloud() as cloud:
        cloud.upload("posts/walks.md", "---\ntitle: Walks\ndate: 2025-03-10\n---\nSlowly.\n")
        before = set(cloud.site())
        cloud.upload(f"posts/{own}.png", picture("teal", (40, 30), format="PNG"))
        cloud.upload(f"posts/{own}.csv", f"{own},1\n")
        cloud.upload(f"posts/{own}.md", public)
        cloud.settle()
        paths = ["/" + key.removesuffix("index.html") for key in cloud.site() if key not in before]
        kept = [path for path in paths if cloud.page(path).status == 200]
        media = [path for path in kept if path.endswith((".png", ".webp", ".avif", ".csv")) and own in path]
        assert media
        assert len([path for path in kept if word in cloud.page(path).body]) > 5
        cloud.upload(f"posts/{own}.md", public.replace("title:", "draft: true\ntitle:"))
        cloud.settle()
        words = [path for path in kept if word in cloud.page(path).body]
        return [*words, *(path for path in media if cloud.page(path).status != 404)]


def test_nothing_of_a_post_that_becomes_a_draft_is_left_at_the_edge() -> None:
    """Not its page, its pictures and files, its words in lists, feeds and the search, though all were cached before."""
    assert [] == left_at_the_edge()


def test_a_draft_that_is_left_at_the_edge_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page, its picture and its file, if no change were cleared there."""
    monkeypatch.setattr(Cdn, "clear", lambda *_: None)
    left = left_at_the_edge()
    assert "/xqzv/" in left
    assert [path for path in left if path.endswith(".csv")]
    assert [path for path in left if path.endswith(".webp")]
