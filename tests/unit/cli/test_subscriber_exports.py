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
    with pytest.raises(UsageError, match="no column holds mail addresses"):
        exported_subscribers(path)
