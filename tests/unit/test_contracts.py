"""Messages between the steps: one golden file each, which producer and consumer both hold to."""

import json
from pathlib import Path

import pytest

from dropcap import contracts, newsletter_contracts, walk_contracts
from dropcap.contracts import Cause, Message, UploadSeen, message_name
from dropcap.errors import ContractError

GOLDEN = Path(__file__).parents[1] / "golden" / "messages"
CAUSE = Cause("posts/naps.md", "9a0364b9e99bb480dd25e1f0284c8555", "2025-03-14T09:00:00.000Z")
MESSAGES: list[Message] = [
    UploadSeen("posts/naps.md", CAUSE),
    contracts.MakeView("path /naps/", CAUSE),
    contracts.RemakeView("path /naps/", CAUSE),
    walk_contracts.WalkContent("posts/", "posts/naps.md", CAUSE),
    walk_contracts.WalkJournals("posts/", "posts/naps.md", CAUSE),
    walk_contracts.WalkPages("content", "posts/naps.md", "e1", CAUSE),
    walk_contracts.WalkReferences("naps", "2025-03-14T09:00:00#posts/naps.md", "e1", CAUSE),
    walk_contracts.WalkMentions(
        "cover.jpg", ("posts/naps/cover.jpg", "cover.jpg"), "2025-03-14T09:00:00#posts/naps.md", "e1", CAUSE
    ),
    contracts.ClearEdge(("lists", "page-1"), CAUSE),
    newsletter_contracts.EntryAppeared("posts/naps.md", CAUSE),
    newsletter_contracts.FreezeIssue("posts/naps.md", CAUSE),
    newsletter_contracts.DeliverBatch("posts/naps.md", "03-0001", CAUSE),
    newsletter_contracts.ReportIssue("posts/naps.md", "done", CAUSE),
    newsletter_contracts.SendConfirmation("ab12", CAUSE),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.NAME)
def test_a_message_is_written_as_its_golden_file_says(message: Message) -> None:
    """A message equals its golden file, field by field."""
    golden = json.loads((GOLDEN / f"{message.NAME}.json").read_text())
    assert golden == json.loads(message.to_json())
    assert golden["message"] == message_name(message.to_json())


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.NAME)
def test_a_message_is_read_with_fields_of_a_later_version(message: Message) -> None:
    """A consumer reads its golden file, and overlooks what it does not know."""
    golden = json.loads((GOLDEN / f"{message.NAME}.json").read_text()) | {"added_later": True}
    assert message == type(message).from_json(json.dumps(golden))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"view": 1}', '{"view": "home"}', '{"view": "home", "cause": {}}'])
def test_a_message_without_its_fields_is_a_contract_error(text: str) -> None:
    """An unreadable message is a ContractError that names the missing field."""
    with pytest.raises(ContractError):
        contracts.MakeView.from_json(text)


def test_the_folder_of_all_sources_is_no_source() -> None:
    """S3's console makes an object of that name; folders in it have names, and are ignored with a report."""
    event = (GOLDEN.parent / "s3_object_created.json").read_text()
    made = [event.replace("posts/c%2B%2B+notes+%C3%A9.md", key) for key in ("", "posts/")]
    assert [[], ["posts/"]] == [[upload.key for upload in UploadSeen.all_of(text)] for text in made]


def test_a_message_about_a_file_of_any_name_can_be_sent() -> None:
    """S3 takes every character in a key; SQS refuses or replaces those that XML does not allow."""
    allowed = {"\t", "\n", "\r", *map(chr, range(0x20, 0xD800)), *map(chr, range(0xE000, 0xFFFE)), "\U0010ffff"}
    key = "posts/a\x00\x1f\x7f\x85\ufffd\ufffe\uffff\U0010ffff é.md"
    for message in (UploadSeen(key, Cause(key, "", "")), contracts.MakeView(f"report {key}", CAUSE)):
        assert set() == set(message.to_json()) - allowed
        assert message == type(message).from_json(message.to_json())
    assert "é" in UploadSeen(key, CAUSE).to_json()


def test_a_key_of_an_s3_event_is_decoded_once() -> None:
    """S3 encodes keys as forms do: a plus sign is a space, and `%2B` a plus sign."""
    event = json.loads((GOLDEN.parent / "s3_object_created.json").read_text())
    (upload,) = UploadSeen.all_of(json.dumps(event))
    assert "posts/c++ notes é.md" == upload.key
    assert "2025-03-14T09:00:00.000Z" == upload.cause.time


def test_the_test_event_of_a_new_notification_names_no_upload() -> None:
    """S3 sends it once, without records, and it must not end among the dead letters."""
    assert () == UploadSeen.all_of('{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"}')


def test_our_own_request_to_look_again_reads_like_an_upload() -> None:
    """A walk over everything sends the same message that an upload makes."""
    assert (MESSAGES[0],) == UploadSeen.all_of((GOLDEN / "UploadSeen.json").read_text())
