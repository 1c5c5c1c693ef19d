"""The environment variables of the newsletter's functions."""

from datetime import date, timedelta

import pytest

from dropcap.errors import SettingsError
from dropcap.newsletter_settings import AnnounceSettings

GOOD = dict.fromkeys(AnnounceSettings.names(), "x") | {"GRACE_SECONDS": "900", "NEWS_SINCE": ""}


def test_a_grace_period_is_in_seconds() -> None:
    """And without NEWS_SINCE, the newsletter begins with its table."""
    settings = AnnounceSettings.from_environment(GOOD)
    assert timedelta(minutes=15) == settings.grace
    assert settings.since is None
    assert date(2026, 11, 23) == AnnounceSettings.from_environment(GOOD | {"NEWS_SINCE": "2026-11-23"}).since


def test_all_missing_names_are_in_one_error() -> None:
    """The operator sets them all, and deploys once."""
    with pytest.raises(SettingsError, match="MAIL_FROM, NEWSLETTER_TABLE"):
        AnnounceSettings.from_environment(
            {name: value for name, value in GOOD.items() if name not in {"MAIL_FROM", "NEWSLETTER_TABLE"}}
        )


@pytest.mark.parametrize(
    ("name", "value"), [("GRACE_SECONDS", "a while"), ("GRACE_SECONDS", "9" * 30), ("NEWS_SINCE", "yesterday")]
)
def test_an_invalid_value_is_reported_with_its_name(name: str, value: str) -> None:
    """And with what to write instead."""
    settings = AnnounceSettings.from_environment(GOOD | {name: value})
    with pytest.raises(SettingsError, match=f"{name} is .*: write"):
        _ = settings.grace, settings.since


def test_settings_are_equal_by_their_values_and_do_not_change() -> None:
    """The tools of a function are kept by its settings."""
    settings = AnnounceSettings.from_environment(GOOD)
    assert {settings} == {settings, AnnounceSettings.from_environment(GOOD)}
    assert settings != AnnounceSettings.from_environment(GOOD | {"MAIL_FROM": "y"})
    with pytest.raises(AttributeError, match="mail_from does not change"):
        settings.mail_from = "y"  # type: ignore[misc]  # it is frozen
