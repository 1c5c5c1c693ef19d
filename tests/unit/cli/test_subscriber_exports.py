"""Exports of other services, recognised by their columns."""

from pathlib import Path

import pytest

from dropcap_cli.subscriber_exports import exported_subscribers
from dropcap_local.usage_error import UsageError

EXPORTS = {
    "ghost": (
        "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels\n"
        "1,ada@example.org,Ada,,true,false,,2024-05-01T10:00:00.000Z,,\n"
        "2,ben@example.org,Ben,,false,false,,2024-05-02T10:00:00.000Z,,\n"
    ),
    "substack": (
        "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
        "ada@example.org,false,,other,false,2024-05-01T10:00:00.000Z,\n"
        "ben@example.org,false,,other,true,2024-05-02T10:00:00.000Z,\n"
    ),
    "buttondown": (
        "email,notes,metadata,tags,referrer_url,creation_date,type\n"
        "ada@example.org,,{},,,2024-05-01T10:00:00.000Z,regular\n"
        "ben@example.org,,{},,,2024-05-02T10:00:00.000Z,unsubscribed\n"
    ),
    "mailchimp": (
        "Email Address,First Name,Last Name,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME\n"
        "ada@example.org,Ada,,2024-05-01T10:00:00.000Z,2024-05-01T10:00:00.000Z,\n"
        "ben@example.org,Ben,,2024-05-01 10:00:00,2024-05-01 10:00:00,2024-06-01 10:00:00\n"
    ),
    "kit": (
        "Subscriber ID,Email,First Name,Status,Created At\n"
        "1,ada@example.org,Ada,active,2024-05-01T10:00:00.000Z\n"
        "2,ben@example.org,Ben,cancelled,2024-05-02T10:00:00.000Z\n"
    ),
    "listmonk": (
        "uuid,email,name,attributes,status,created_at,updated_at\n"
        "u1,ada@example.org,Ada,{},enabled,2024-05-01T10:00:00.000Z,\n"
        "u2,ben@example.org,Ben,{},blocklisted,2024-05-02T10:00:00.000Z,\n"
    ),
    "dropcap": (
        "email,standing,changed_at,source,consented\n"
        "ada@example.org,confirmed,2024-05-01T10:00:00.000Z,,\n"
        "ben@example.org,suppressed,2024-05-02T10:00:00.000Z,,\n"
    ),
    "csv": "email,since\nada@example.org,2024-05-01T10:00:00.000Z\n",
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_recognised_by_its_columns(tmp_path: Path, name: str) -> None:
    """With the date of consent; whoever left there is marked."""
    path = tmp_path / "export.csv"
    path.write_text(EXPORTS[name], encoding="utf-8")
    service, rows = exported_subscribers(path)
    assert name == service.name
    ada, *others = rows
    assert ("ada@example.org", True, "2024-05-01T10:00:00.000Z") == (ada.typed, ada.subscribes, ada.since)
    assert [("ben@example.org", False)] * len(others) == [(row.typed, row.subscribes) for row in others]


OTHER_FORMS = {
    "buttondown": (
        "email_address,type,creation_date,tags\n"
        "ada@example.org,trialed,2024-05-01T10:00:00.000Z,\nben@example.org,unactivated,2024-05-02T10:00:00.000Z,\n"
    ),
    "kit": (
        "id,first_name,email_address,state,created_at\n"
        "1,Ada,ada@example.org,active,2024-05-01T10:00:00.000Z\n2,Ben,ben@example.org,bounced,2024-05-02T10:00:00.000Z\n"
    ),
    "csv": (
        "email,status,created_at\n"
        "ada@example.org,Subscribed,2024-05-01T10:00:00.000Z\nben@example.org,Awaiting,2024-05-02T10:00:00.000Z\n"
    ),
    "mailchimp": (
        "Email Address,Status,OPTIN_TIME,CONFIRM_TIME\n"
        "ada@example.org,Subscribed,,2024-05-01T10:00:00.000Z\nben@example.org,Unsubscribed,,2024-05-01 10:00:00\n"
    ),
}


@pytest.mark.parametrize("name", OTHER_FORMS)
def test_other_forms_of_an_export_are_read_too(tmp_path: Path, name: str) -> None:
    """Columns that a service has renamed, and a status that says who has left."""
    path = tmp_path / "export.csv"
    path.write_text(OTHER_FORMS[name], encoding="utf-8")
    service, rows = exported_subscribers(path)
    assert (name, [True, False]) == (service.name, [row.subscribes for row in rows])
    assert "2024-05-01T10:00:00.000Z" == rows[0].since


def test_files_of_those_who_left_mailchimp_bring_nobody(tmp_path: Path) -> None:
    """Its archive has a file for each; the columns are alike."""
    for name in ("unsubscribed", "cleaned", "nonsubscribed"):
        path = tmp_path / f"{name}_email_audience_export.csv"
        path.write_text("Email Address,OPTIN_TIME\nada@example.org,2024-05-01 10:00:00\n", encoding="utf-8")
        assert [False] == [row.subscribes for row in exported_subscribers(path)[1]]


def test_an_address_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    """The rest of the file is read."""
    path = tmp_path / "export.csv"
    path.write_text("email\nada@example.org\nnobody\n", encoding="utf-8")
    assert [(2, True), (3, False)] == [(row.line, row.address is not None) for row in exported_subscribers(path)[1]]


def test_a_file_without_addresses_is_refused(tmp_path: Path) -> None:
    """Its columns say so."""
    path = tmp_path / "export.csv"
    path.write_text("name,age\nAda,36\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r":1: there is no column `email` among `name`, `age`"):
        exported_subscribers(path)


GHOST = EXPORTS["ghost"]
AS_SAVED = {
    "by a spreadsheet where a comma separates decimals": GHOST.replace(",", ";").encode("utf-8-sig"),
    "as text of Unicode": GHOST.replace(",", "\t").encode("utf-16"),
    "with quotes and a byte-order mark": GHOST.replace("email,", '"email",').encode("utf-8-sig"),
    "with carriage returns": GHOST.replace("\n", "\r").encode(),
    "after an empty line": b"\r\n" + GHOST.encode(),
}


@pytest.mark.parametrize("form", AS_SAVED)
def test_a_file_is_read_as_spreadsheets_save_it(tmp_path: Path, form: str) -> None:
    """The owner of a list opens it to look, and saves it."""
    path = tmp_path / "export.csv"
    path.write_bytes(AS_SAVED[form])
    service, rows = exported_subscribers(path)
    assert ("ghost", ["ada@example.org", "ben@example.org"]) == (service.name, [row.typed for row in rows])
    assert [True, False] == [row.subscribes for row in rows]


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_a_sign_that_is_no_line_end_of_csv_stays_in_its_field(tmp_path: Path, sign: str) -> None:
    """It comes with names that were pasted; the person was counted as one who had left."""
    path = tmp_path / "export.csv"
    path.write_text(GHOST.replace(",Ada,", f",Ada{sign}Lovelace,"), encoding="utf-8")
    assert [("ada@example.org", True), ("ben@example.org", False)] == [
        (row.typed, row.subscribes) for row in exported_subscribers(path)[1]
    ]


REFUSED = {
    "a quote that is never closed": (GHOST.replace(",Ada,", ',"Ada,').encode(), ":2: the row that begins here"),
    "a quote that the next one closes": (
        GHOST.replace(",Ada,", ',"Ada,').replace(",Ben,", ',"Ben",').encode(), ":2: the row that begins here",
    ),
    "an endless field": (GHOST.replace(",Ada,", f",{'a' * 140_000},").encode(), ":2: the row that begins here"),
    "an encoding without a mark": (GHOST.replace(",Ben,", ",Bén,").encode("latin-1"), ":3: this line is not in UTF-8"),
    "a workbook": (b"PK\x03\x04\x14\x00", "is an archive or a workbook"),
    "one line of another format": (b'[{"email": "ada@example.org"}]', ":1: there is no column `email`"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_whole_is_refused_with_the_line(tmp_path: Path, what: str) -> None:
    """Rows that an open quote swallows would be lost without a word."""
    path = tmp_path / "export.csv"
    content, says = REFUSED[what]
    path.write_bytes(content)
    with pytest.raises(UsageError, match=says):
        exported_subscribers(path)


def test_a_row_with_a_field_too_many_is_invalid(tmp_path: Path) -> None:
    """A comma that is not quoted moves the field that says who may be written to. Empty fields at the end move none."""
    path = tmp_path / "export.csv"
    text = "name,email,email_disabled\nSmith, Jo,jo@example.org,true\nAda,ada@example.org,false,,\n"
    path.write_text(text, encoding="utf-8")
    moved, ada = exported_subscribers(path)[1]
    assert (2, None, "the row has more fields than columns") == (moved.line, moved.address, moved.objection[:36])
    assert ("ada@example.org", True) == (ada.typed, ada.subscribes)


def test_an_invalid_row_after_a_note_of_several_lines_is_named_by_its_first_line(tmp_path: Path) -> None:
    """The line at which an editor shows it."""
    path = tmp_path / "export.csv"
    path.write_text('email,note\nada@example.org,"one\ntwo"\nnobody,"three\nfour"\n', encoding="utf-8")
    assert [2, 4] == [row.line for row in exported_subscribers(path)[1]]


def test_an_export_of_our_own_keeps_where_and_when_each_person_consented(tmp_path: Path) -> None:
    """So that a list can move between stacks; who confirmed here did so when their state changed."""
    path = tmp_path / "export.csv"
    columns = "email,standing,changed_at,source,consented\n"
    path.write_text(
        f"{columns}ada@example.org,confirmed,2025,ghost,2020\nben@example.org,confirmed,2024,,\n", encoding="utf-8"
    )
    assert [("ghost", "2020"), ("dropcap", "2024")] == [
        (row.source, row.since) for row in exported_subscribers(path)[1]
    ]
