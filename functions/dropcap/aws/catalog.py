"""The Catalog: queries and transactions, in the terms of the site."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from dropcap.aws import catalog_keys as keys
from dropcap.aws.lists import Lists, within
from dropcap.aws.masthead import Masthead, with_masthead
from dropcap.aws.media import MediaItems
from dropcap.aws.news_item import news_item
from dropcap.aws.post_items import card_item, post_item, post_of, shown_item, shown_of
from dropcap.aws.references import References
from dropcap.aws.site_items import mail_note_of, site_item, site_of
from dropcap.aws.source_state import SourceState, source_state_of, state_keys
from dropcap.aws.table import Check, Item, Table, item_of
from dropcap.contracts import Cause
from dropcap.newsletter.news import NewsItem
from dropcap.site.cards import Sent
from dropcap.site.post import ItemKey, Post, Shown
from dropcap.site.reports.mail_note import MailNote
from dropcap.site.settings.model import SiteSettings

CLAIMANTS = 1_000
"""Most claims on one address that are read: the first decides, the others wait."""
SETTINGS = (keys.SITE, keys.NAVIGATION)
"""The items of the site's settings and of its masthead."""
Claims = list[tuple[str, str]]
"""Claims on an address: rank and source key."""
PostAndShown = tuple[Post | None, Shown | None]
"""The state of a source and its shown record, if they exist."""


class Catalog:
    """Queries and commits. All methods raise ServiceError, the commits also ConflictError."""

    def __init__(self, table: Table, default_url: str) -> None:
        """Store the TABLE, and the address of the site while no `site.yaml` names one."""
        self._table = table
        self.lists = Lists(table)
        self.media = MediaItems(table)
        self.masthead = Masthead(table)
        self.references = References(table, self.lists, self.media)
        self._default = SiteSettings.default(default_url)

    @classmethod
    def of(cls, catalog: "Catalog") -> Self:
        """Return the Catalog of the same table, of this class."""
        return cls(catalog._table, catalog._default.url)  # noqa: SLF001  # its own class

    def site(self) -> SiteSettings:
        """Return the site's settings: those of the newest good `site.yaml`, or the defaults."""
        return self._site(self._table.get(keys.SITE))

    def _site(self, item: Item | None) -> SiteSettings:
        return site_of(item, self._default.url) if item else self._default

    def site_with_pages(self) -> SiteSettings:
        """Return the site's settings with its masthead: logo, icon, and links to pages if they name no navigation."""
        return self._settings(self._table.get_all(SETTINGS))

    def _settings(self, items: Mapping[ItemKey, Item]) -> SiteSettings:
        return with_masthead(self._site(items.get(keys.SITE)), items.get(keys.NAVIGATION, {}))

    def site_and_post(self, key: str) -> tuple[SiteSettings, Post | None, Shown | None]:
        """Return the settings, the state of source KEY and its shown record, in one call."""
        items = self._table.get_all([keys.SITE, keys.post_key(key), keys.shown_key(key)])
        return (self._site(items.get(keys.SITE)), *post_and_shown_of(key, items))

    def posts(self, sources: Iterable[str]) -> dict[str, Post]:
        """Return the states of those SOURCES that have one."""
        items = self._table.get_all(keys.post_key(key) for key in sources)
        return {item["key"]: post_of(item) for item in items.values()}

    def shown(self, sources: Iterable[str]) -> dict[str, Shown]:
        """Return the shown records of those SOURCES that have one."""
        items = self._table.get_all(keys.shown_key(key) for key in sources)
        return {item["card"]["key"]: shown_of(item) for item in items.values()}

    def news_and_site(self, key: str) -> tuple[NewsItem | None, SiteSettings]:
        """Return the post of source KEY as news, if it is published, and the site's settings, in one call."""
        site, post, shown = self.site_and_post(key)
        return (news_item(shown, post) if shown else None), site

    def news(self, key: str) -> NewsItem | None:
        """Return the post of source KEY as news, if it is published."""
        return self.news_and_site(key)[0]

    def successor(self, key: str) -> NewsItem | None:
        """Return the published post that replaces the removed source KEY, as news: one with its id or its text."""
        post = self.posts([key]).get(key)
        ids = [item for item in post.owns if not keys.is_claim(item)] if post and not post.live else []
        return next(filter(None, map(self.news, self.references.alive(ids))), None)

    def post_and_shown(self, key: str) -> PostAndShown:
        """Return the state of source KEY and its shown record, in one call."""
        return post_and_shown_of(key, self._table.get_all([keys.post_key(key), keys.shown_key(key)]))

    def post_and_mail(self, key: str) -> tuple[Post | None, MailNote | None]:
        """Return the state of source KEY and the note on its newsletter, in one call."""
        items = self._table.get_all([keys.post_key(key), keys.mail_key(key)])
        post, note = items.get(keys.post_key(key)), items.get(keys.mail_key(key))
        return (post_of(post) if post else None), (mail_note_of(note) if note else None)

    def answer(self, key: str) -> SourceState:
        """Return the state that the report on source KEY describes, in one call."""
        names = state_keys(key)
        return source_state_of(key, *map(self._table.get_all(names).get, names))

    def note_mail(self, key: str, note: MailNote, rank: int, cause: Cause) -> None:
        """Store NOTE on the newsletter of source KEY, unless a note of a greater RANK is stored by now.

        A newsletter that was sent is also in the list of issues.
        """
        self._table.put_forward(item_of(keys.mail_key(key), {**note.to_item(), "rank": rank, "cause": cause.to_item()}))
        if note.went_at:
            place = (keys.list_of(keys.ISSUES), keys.item_sort(note.went_at, key))
            self._table.put_new(item_of(place, {"source": key, "cause": cause.to_item()}))

    def mail_notes(self, sources: Iterable[str]) -> dict[str, MailNote]:
        """Return the notes on the newsletters of those SOURCES that have one."""
        names = {keys.mail_key(key): key for key in sources}
        return {names[name]: mail_note_of(item) for name, item in self._table.get_all(names).items()}

    def sent(self, year: str, most: int) -> list[Sent]:
        """Return the newest newsletters that were sent (in YEAR, or ever) and whose posts are published."""
        items = self._table.query(keys.list_of(keys.ISSUES), most=most, newest_first=True, where=within(year))
        standing = self.shown({item["source"] for item in items})
        whens = [(datetime.fromisoformat(item["sk"].partition("#")[0]), item["source"]) for item in items]
        return [Sent(when, standing[source].card) for when, source in whens if source in standing]

    def claims(self, path: str) -> Claims:
        """Return the claims on PATH, the deciding one first."""
        items = self._table.query(keys.claims_of(path), most=CLAIMANTS)
        return [(item["sk"][0], item["source"]) for item in items]

    def first_claims(self, path: str) -> Claims:
        """Return the claims with which the page at PATH is begun, perhaps read with those of a whole batch."""
        return self.claims(path)

    def commit_site(self, post: Post, settings: SiteSettings | None, before: str | None, *, keep: bool = False) -> None:
        """Commit the state POST of `site.yaml` with SETTINGS (None: defaults) if BEFORE is its token; KEEP: without."""
        puts = [item_of(keys.post_key(post.key), post_item(post))]
        if settings is not None and not keep:
            puts.append(item_of(keys.SITE, {**site_item(settings), "cause": post.cause.to_item()}))
        gone = [keys.SITE] if settings is None else []
        self._table.commit(puts, gone, [Check(keys.post_key(post.key), before)])

    def commit_post(self, post: Post, before: Post | None, withdrawn: Shown | None) -> None:
        """Commit the state POST with its claims in one transaction, if BEFORE, which was read, is still the state.

        A post that is no longer public is removed from the lists in the same transaction, on the condition that its
        shown record is still WITHDRAWN (or missing, if that is None).
        """
        cause = post.cause.to_item()
        puts = [item_of(keys.post_key(post.key), post_item(post))]
        left = [] if post.live else [keys.address_of(key) for key in post.owns if keys.is_claim(key)]
        for key in post.owns:
            target = {"to": post.path} if keys.is_claim(key) else {"left": left}
            puts.append(item_of(key, {"source": post.key, **target, "cause": cause}))
        deletes = [claim for claim in (before.owns if before else ()) if claim not in post.owns]
        checks = [Check(keys.post_key(post.key), before.token if before else None)]
        if not post.live:
            checks.append(Check(keys.shown_key(post.key), withdrawn.token if withdrawn else None))
            deletes += _everything(withdrawn)
        self._table.commit(puts, deletes, checks)

    def commit_shown(self, post: Post, shown: Shown, before: Shown | None, words: str) -> None:
        """Commit the record SHOWN of POST with its list items and names in one transaction; then lists show it.

        Its item in the list of the search also has its WORDS.
        """
        card, cause = card_item(shown.card), shown.cause.to_item()
        puts = [item_of(key, {**card, "cause": cause, "token": shown.listed}) for key in shown.item_keys]
        puts = [{**put, "words": words} if put["pk"] == keys.list_of(keys.SEARCH) else put for put in puts]
        puts.append(item_of(keys.shown_key(post.key), shown_item(shown)))
        deletes = [key for key in (before.item_keys if before else ()) if key not in shown.item_keys]
        checks = [
            Check(keys.post_key(post.key), post.token),
            Check(keys.shown_key(post.key), before.token if before else None),
        ]
        self._table.commit(puts, deletes, checks)

    def hide(self, shown: Shown) -> None:
        """Delete SHOWN and its list items: an older source has its address."""
        self._table.commit([], _everything(shown), [Check(keys.shown_key(shown.card.key), shown.token)])


def _everything(shown: Shown | None) -> list[ItemKey]:
    return [*shown.item_keys, keys.shown_key(shown.card.key)] if shown else []


def post_and_shown_of(key: str, items: Mapping[ItemKey, Item]) -> PostAndShown:
    """Return the state of source KEY and its shown record, if they are among ITEMS."""
    post, shown = items.get(keys.post_key(key)), items.get(keys.shown_key(key))
    return (post_of(post) if post else None), (shown_of(shown) if shown else None)
