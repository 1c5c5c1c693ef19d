"""The state of one source as its report needs it, read from its Catalog items."""

from typing import NamedTuple

from dropcap.aws import catalog_keys as keys
from dropcap.aws.post_items import post_of, shown_of
from dropcap.aws.site_items import mail_note_of
from dropcap.aws.table import Item
from dropcap.site.post import ItemKey, Post, Shown
from dropcap.site.reports.mail_note import MailNote
from dropcap.site.settings.model import SITE_KEY


class SourceState(NamedTuple):
    """The state of a source, its published version, its newsletter, and its failed views (UNMADE)."""

    post: Post | None
    shown: Shown | None
    mail: MailNote | None
    unmade: tuple[str, ...]


def state_keys(key: str) -> tuple[ItemKey, ItemKey, ItemKey, ItemKey]:
    """Return the keys of the four items of source KEY, in the order in which `source_state_of` takes them."""
    return keys.post_key(key), keys.shown_key(key), keys.mail_key(key), keys.failed_views_key(key)


def source_state_of(
    key: str, post: Item | None, shown: Item | None, mail: Item | None, failed_views: Item | None
) -> SourceState:
    """Return the state of source KEY from its four items; None stands for an item that does not exist."""
    # A walk caused by `site.yaml` concerns the versions of many sources.
    of_this_version = failed_views and post and (key == SITE_KEY or failed_views["cause"]["etag"] == post["etag"])
    return SourceState(
        post_of(post) if post else None,
        shown_of(shown) if shown else None,
        mail_note_of(mail) if mail else None,
        tuple(sorted(failed_views.get("unmade", ()))) if failed_views and of_this_version else (),
    )
