"""Any input at any door is answered: by a page, a report, a refusal or a dead letter, and never by a failure."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from dropcap import message_batch
from dropcap.aws.ledger import Ledger
from dropcap.aws.subscribers import Subscribers
from dropcap.document import Conventions
from dropcap.errors import ContentError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.mail_event import MailEvent
from dropcap.newsletter.web import WebRequest
from dropcap.pictures import drawing, making, opened
from dropcap.pictures.still import ORIENTATION
from dropcap.site.settings.reader import read_site
from dropcap.steps.newsletter.record_mail_event import record_mail_event
from dropcap_cli.commands import check
from dropcap_local.cloud import LocalCloud
from support.documents import document
from support.exploration import EXPLORED, seed, takes_all
from support.made_pictures import picture
from support.mutations import Mutation
from support.mutations import mutated as code_mutated
from support.readers import subscribe
from support.site_folders import CommandLine

ROUNDS = 5_000 if takes_all() else 120
TESTS = Path(__file__).parents[1]
EXAMPLES = TESTS.parent / "examples"
PICTURES = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "moving", "turned")
SRGB = ImageCms.createProfile("sRGB")
LENGTHS = ("", "0", "10", "5.5cm", "100%", "9" * 400, "." + "0" * 400 + "1", "." + "0" * 300 + "1", "auto", "-3")
QUEUES = (
    "UploadQueue", "PictureQueue", "BulkQueue", "IssueQueue",
    "EdgeQueue", "DeliveryQueue", "ConfirmationQueue", "FeedbackQueue",
)  # fmt: skip
STRANGE = [
    "",
    "\x00",
    "\ud7ff",
    "'",
    '"',
    "]]>",
    "../",
    "%00",
    "\u202e",
    "0",
    "-1",
    "1e999",
    "null",
    "{}",
    "[",
    "-->",
    "\r\n",
    "𐀀",
]
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"]
PATHS = [
    "/",
    "/naps/",
    "/api/subscribe",
    "/api/confirm",
    "/api/unsubscribe",
    "/preview/",
    "*",
    "//",
    "/%",
    "/a/../b",
    "/\\",
    "",
]

ARGUMENTS = [
    "check", "new", "build", "import", "--help", "--json", "--now", "--title", "--draft", "--dry-run", "--old-url",
    "ghost", "wordpress", "substack", "medium", "notes.md", ".", "..", "/nowhere", "~", "*", "-", "--", "\udcff",
]  # fmt: skip
"""Commands that need neither a stack nor the network, options, and names of files."""


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Return today's chance for the test that asks; its name keeps the tests apart."""
    if takes_all():
        request.node.user_properties.append((EXPLORED, f"cases drawn from {seed()}, up to {ROUNDS}"))
    return random.Random(f"{seed()} {request.node.name}")  # noqa: S311  # reproducible, not secret


def mutated(source: bytes, chance: random.Random) -> bytes:
    """Return SOURCE with a few pieces deleted, doubled, moved, or replaced by something strange."""
    changed = bytearray(source)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice([1, 4, 30, 300]))
        piece = bytes(changed[start:end])
        strange = chance.choice(STRANGE).encode() * chance.choice([1, 1, 50])
        changed[start:end] = chance.choice([b"", piece * 2, piece[::-1], strange, bytes([chance.randrange(256)])])
    return bytes(changed)


def refused_or_read(read: Callable[[], object], case: bytes) -> None:
    """Read CASE: it is read, or refused with a message and a remedy for its author."""
    try:
        read()
    except ContentError as error:
        incomplete = [finding for finding in error.findings if not (finding.message and finding.remedy)]
    except Exception as error:
        raise AssertionError(f"{type(error).__name__}: {error}, for {case!r}") from error
    else:
        return
    assert [] == incomplete, case


def test_documents_are_read_or_refused(chance: random.Random) -> None:
    """Mutated examples, front matter included."""
    sources = [path.read_bytes() for path in sorted(EXAMPLES.rglob("*.md"))]
    for _ in range(ROUNDS):
        case = mutated(chance.choice(sources), chance)
        refused_or_read(lambda case=case: document(case, conventions=Conventions("Europe/Berlin")), case)  # type: ignore[misc]  # bound at once


def test_settings_are_read_or_refused(chance: random.Random) -> None:
    """Mutations of the example's `site.yaml`."""
    source = (EXAMPLES / "site.yaml").read_bytes()
    for _ in range(ROUNDS):
        case = mutated(source, chance)
        refused_or_read(lambda case=case: read_site(case, "token", lambda _: None), case)  # type: ignore[misc]  # bound at once


def made_of(kind: str) -> bytes:
    """Return a small picture: of a format, with a colour profile, on its side, in other colours, or moving."""
    if kind == "moving":
        frame = Image.new("P", (24, 16), 3)
        return picture("teal", (24, 16), format="GIF", save_all=True, append_images=[frame, frame], duration=90)
    if kind == "turned":
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        return picture("teal", (24, 16), format="JPEG", exif=exif, icc_profile=ImageCms.ImageCmsProfile(SRGB).tobytes())
    return picture("teal", (24, 16), format=kind)


@pytest.mark.parametrize("kind", PICTURES)
def test_pictures_are_shown_or_refused(kind: str, chance: random.Random) -> None:
    """Mutated files of each format."""
    show_strange_pictures(kind, chance, ROUNDS // 4)


def show_strange_pictures(kind: str, chance: random.Random, rounds: int) -> None:
    """Make renditions of so many mutated files: in every second one, single bytes alone are other ones."""
    source = made_of(kind)
    for number in range(rounds):
        case = with_other_bytes(source, chance) if number % 2 else mutated(source, chance)
        refused_or_read(lambda case=case: making.renditions(case), case)  # type: ignore[misc]  # bound at once


def with_other_bytes(source: bytes, chance: random.Random) -> bytes:
    """Return SOURCE with one to four other bytes, so that a decoder gets far into it."""
    changed = bytearray(source)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def test_the_size_of_a_drawing_is_read_or_unknown(chance: random.Random) -> None:
    """Mutated drawings, and numbers of any length."""
    measure_strange_drawings(chance, ROUNDS)


def measure_strange_drawings(chance: random.Random, rounds: int) -> None:
    """Read the size of so many mutated drawings."""
    for _ in range(rounds):
        width, height, left = (chance.choice(LENGTHS) for _ in range(3))
        source = f'<?xml version="1.0"?><svg width="{width}" height="{height}" viewBox="{left} 0 {width} {height}"/>'
        case = mutated(source.encode(), chance) if chance.random() < 0.5 else source.encode()
        refused_or_read(lambda case=case: drawing.drawing_size(case), case)  # type: ignore[misc]  # bound at once


def strange_json(value: Any, chance: random.Random) -> Any:  # noqa: ANN401  # any JSON
    """Return VALUE with one of its members, at any depth, missing or of another kind."""
    if isinstance(value, dict) and value:
        name = chance.choice(sorted(value))
        if chance.random() < 0.3:
            return {other: inner for other, inner in value.items() if other != name}
        return {**value, name: strange_json(value[name], chance)}
    if isinstance(value, list) and value:
        return [strange_json(value[0], chance), *value[1:]]
    return chance.choice([None, True, -1, 10**30, [], {}, [[]], *STRANGE])


def messages(chance: random.Random) -> Iterator[str]:
    """Return strange messages: text, JSON that is no message, and messages and events with a strange member."""
    files = sorted([*TESTS.glob("golden/messages/*.json"), *TESTS.glob("events/*.json")])
    golden = [json.loads(path.read_bytes()) for path in files]
    while True:
        yield chance.choice([chance.choice(STRANGE) or " ", json.dumps(chance.choice([None, 1, [], {}, "x"]))])
        for _ in range(4):
            yield json.dumps(strange_json(chance.choice(golden), chance))


def hurt_by_messages(chance: random.Random, rounds: int) -> list[str]:
    """Return the errors of handlers after ROUNDS strange messages, and the status of a page that is not there."""
    bodies = messages(chance)
    with LocalCloud() as cloud:
        for _ in range(rounds):
            queue, body = chance.choice(QUEUES), next(bodies)
            body = body.replace("\x00", " ").replace("\ud7ff", " ")  # SQS takes only what XML can hold
            cloud.client("sqs").send_message(QueueUrl=cloud.id(queue), MessageBody=body)
        cloud.upload("posts/naps.md", "Twenty minutes.")
        cloud.settle()
        errors = [f"{function}: {error!r}" for function, error in cloud.event_loop.errors]
        return errors + [str(status) for status in [cloud.page("/naps/").status] if status != 200]


def test_a_strange_message_hurts_no_other(chance: random.Random) -> None:
    """No handler fails on it: it is done, ignored or a dead letter, and a post is published beside it."""
    assert [] == hurt_by_messages(chance, ROUNDS // 2)


def test_a_handler_that_fails_on_a_message_is_found(chance: random.Random) -> None:
    """If it raised an error where every message of its batch is bad."""
    line = "processor.raise_on_entire_batch_failure = False"
    with code_mutated(Mutation(message_batch, "each_message", line, line.replace("False", "True"))):
        assert hurt_by_messages(chance, 12)


def errors_of_requests(chance: random.Random, rounds: int) -> list[object]:
    """Return which of ROUNDS strange requests are answered with an error of the server, and the errors of handlers."""
    with LocalCloud() as cloud:
        cloud.upload("posts/naps.md", "Twenty minutes.")
        cloud.settle()
        errors: list[object] = []
        for _ in range(rounds):
            path = chance.choice(PATHS) + chance.choice(["", "?", "?a=b&a", "?email=" + chance.choice(STRANGE)])
            path = path.replace("\x00", "%00").replace("\r\n", "%0D%0A")
            headers = {chance.choice(["range", "if-none-match", "if-modified-since", "content-type", "accept-encoding",
                                      "host", "cookie", "x-forwarded-for"]): chance.choice(STRANGE)}  # fmt: skip
            body = mutated(b"email=ada@example.org&token=abc", chance)
            if cloud.request(chance.choice(METHODS), path, headers=headers, body=body).status >= 500:
                errors.append((path, headers, body))
        return [*errors, *cloud.event_loop.errors]


def test_a_strange_request_is_never_an_error_of_the_server(chance: random.Random) -> None:
    """At the CDN and at the HTTP API behind it: any method, path, header and body."""
    assert [] == errors_of_requests(chance, ROUNDS)


def test_a_handler_that_fails_on_a_request_is_found(chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a form without an address were an error."""

    def fails(_: object, request: WebRequest, **_options: object) -> object:
        raise KeyError(request.path)

    monkeypatch.setattr("subscribe.respond", fails)
    assert errors_of_requests(chance, ROUNDS // 2)


def test_a_strange_command_line_is_wrong_use_or_done(
    chance: random.Random, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any words after `dropcap`: an exit code, and where it is not 0 a sentence; never a traceback."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").write_bytes(b"A note.\n")
    run_strange_words(CommandLine(capsys), chance)


def test_a_command_that_fails_is_found(
    chance: random.Random, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If `check` could not read a path that is not there."""

    def fails(*_: object) -> object:
        raise FileNotFoundError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(check, "named_files", fails)
    dropcap = CommandLine(capsys)
    with pytest.raises(AssertionError, match="FileNotFoundError"):
        run_strange_words(dropcap, chance)


def run_strange_words(dropcap: CommandLine, chance: random.Random) -> None:
    """Run commands with strange words."""
    for _ in range(ROUNDS // 2):
        words = [chance.choice(ARGUMENTS[:4]), *chance.choices([*ARGUMENTS, *STRANGE], k=chance.randint(0, 4))]
        arguments = [word.replace("\x00", "0") for word in words]
        try:
            ran = dropcap(*arguments)
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error}, for {arguments!r}") from error
        assert ran.code in {0, 1, 2}, arguments
        assert ran.output or ran.error, arguments


EVENTS_OF_SES = sorted(TESTS.glob("events/ses*.json"))


def test_a_strange_event_of_ses_changes_nobody(chance: random.Random) -> None:
    """It is recorded, ignored or a dead letter; a subscriber whom it does not name stays subscribed."""
    events = [json.loads(path.read_bytes()) for path in EVENTS_OF_SES]
    assert events
    with LocalCloud(environment={"NEWS_SINCE": "2025-03-01"}) as cloud:
        cloud.upload("site.yaml", "title: Journal\nnewsletter:\n  postal_address: 1 Example Street\n")
        cloud.settle()
        subscribe(cloud, "grace@example.org")  # the events are about another
        for _ in range(ROUNDS // 2):
            body = json.dumps(strange_json(chance.choice(events), chance)).replace("\\u0000", " ")
            cloud.client("sqs").send_message(QueueUrl=cloud.id("FeedbackQueue"), MessageBody=body)
        cloud.settle()
        assert [] == [(function, repr(error)) for function, error in cloud.event_loop.errors]
        items = cloud.client("dynamodb").scan(TableName=cloud.id("SubscribersTable"))["Items"]
        grace = MailAddress("grace@example.org").subscriber
        assert ["confirmed"] == [
            item["standing"]["S"] for item in items if item["sk"]["S"] == grace and "standing" in item
        ]


@pytest.mark.parametrize("door", [test_documents_are_read_or_refused, test_settings_are_read_or_refused])
def test_a_reader_that_fails_on_a_strange_sign_is_found(
    door: Callable[[random.Random], None], chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that is neither read nor refused is named in the failure."""

    def fails(case: bytes, *_: object, **_options: object) -> None:
        if b"]]>" in case:
            raise IndexError("list index out of range")

    for reader in ("document", "read_site"):
        monkeypatch.setitem(globals(), reader, fails)
    with pytest.raises(AssertionError, match=r"IndexError.*for b'"):
        door(chance)


@contextmanager
def carelessly_opened(source: bytes) -> Iterator[Image.Image]:
    """Open SOURCE, and let every error of a decoder pass."""
    with Image.open(BytesIO(source), formats=opened.FORMATS) as image:
        yield image


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_whose_decoder_fails_is_found(
    kind: str, chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow raises many kinds of errors for broken files: one that nobody expects is named, with the file."""
    monkeypatch.setattr(making, "opened", carelessly_opened)
    with pytest.raises(AssertionError, match=r"\w+(Error|Exception|Warning): .*, for b'"):
        show_strange_pictures(kind, chance, 300)


def test_a_drawing_whose_size_cannot_be_read_is_found(chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a size of hundreds of digits were rounded."""
    monkeypatch.setattr(drawing, "drawing_size", lambda case: int(float(b"9" * len(case))))
    with pytest.raises(AssertionError, match=r"OverflowError: .*, for b'"):
        measure_strange_drawings(chance, 300)


def test_a_subscriber_whom_an_event_of_another_changes_is_found(
    chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the function did not look at whom an event names."""
    grace = MailAddress("grace@example.org").subscriber

    def misattributed(subscribers: Subscribers, ledger: Ledger, event: MailEvent, *, now: datetime) -> bool:
        return record_mail_event(subscribers, ledger, replace(event, recipient=grace), now=now)

    monkeypatch.setattr("feedback.record_mail_event", misattributed)
    with pytest.raises(AssertionError):
        test_a_strange_event_of_ses_changes_nobody(chance)
