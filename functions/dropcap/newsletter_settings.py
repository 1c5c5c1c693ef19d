"""The environment variables of the newsletter's functions; see `settings.py`."""

from datetime import date, timedelta

from dropcap.errors import SettingsError
from dropcap.settings import Settings


class AnnounceSettings(Settings):
    """For functions/announce.py."""

    artifact_bucket: str
    catalog_table: str
    newsletter_table: str
    subscribers_table: str
    default_site_url: str
    issue_queue_url: str
    issue_queue_arn: str
    unsent_queue_url: str
    delivery_queue_url: str
    schedule_group: str
    schedule_role_arn: str
    mail_from: str
    postal_address: str
    grace_seconds: str
    templates_dir: str
    news_since: str = ""
    lateness_days: str = ""

    @property
    def grace(self) -> timedelta:
        """Return the grace period where the site names none."""
        try:
            return timedelta(seconds=int(self.grace_seconds))
        except (ValueError, OverflowError) as error:
            message = f"GRACE_SECONDS is {self.grace_seconds!r}: write a number of seconds"
            raise SettingsError(message) from error

    @property
    def since(self) -> date | None:
        """Return the first day whose posts are news, where the operator chose one."""
        try:
            return date.fromisoformat(self.news_since) if self.news_since else None
        except ValueError as error:
            message = f"NEWS_SINCE is {self.news_since!r}: write a day, as in 2026-11-23, or nothing"
            raise SettingsError(message) from error

    @property
    def lateness(self) -> int | None:
        """Return the age in days from which a post is no news, where the operator chose one."""
        if self.lateness_days and not self.lateness_days.isdecimal():
            message = f"LATENESS_DAYS is {self.lateness_days!r}: write a number of days, or nothing"
            raise SettingsError(message)
        return int(self.lateness_days) if self.lateness_days else None


class DeliverSettings(Settings):
    """For functions/deliver.py."""

    artifact_bucket: str
    catalog_table: str
    newsletter_table: str
    subscribers_table: str
    default_site_url: str
    delivery_queue_url: str
    issue_queue_url: str
    confirmation_queue_url: str
    confirmations_a_day: str
    mail_from: str
    mail_configuration_set: str
    postal_address: str
    templates_dir: str

    @property
    def budget(self) -> int:
        """Return how many confirmation mails may be sent a day; 0 closes subscribing."""
        return _budget(self.confirmations_a_day)


class FeedbackSettings(Settings):
    """For functions/feedback.py."""

    newsletter_table: str
    subscribers_table: str


class SubscribeSettings(Settings):
    """For functions/subscribe.py."""

    catalog_table: str
    subscribers_table: str
    default_site_url: str
    confirmation_queue_url: str
    confirmations_a_day: str
    templates_dir: str
    origin_secrets: str = ""

    @property
    def budget(self) -> int:
        """Return how many confirmation mails may be sent a day; 0 closes subscribing."""
        return _budget(self.confirmations_a_day)


def _budget(written: str) -> int:
    if not written.isdecimal():
        message = f"CONFIRMATIONS_A_DAY is {written!r}: write a number"
        raise SettingsError(message)
    return int(written)
