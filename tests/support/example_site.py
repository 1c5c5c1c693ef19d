"""The published example site: its objects, and the mails of its posts."""

from collections.abc import Iterable
from dataclasses import dataclass

from dropcap.aws.buckets import Artifacts
from dropcap.aws.catalog import Catalog
from dropcap.aws.table import Table
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.letter import Letter
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.write_letter import MailLayout, confirmation_letter, issue_letter, private_link
from dropcap_local.cloud import LocalCloud
from support.pages import TEMPLATES

READER = MailAddress("reader@example.org")
URL = "https://journal.example.org"


@dataclass(frozen=True)
class ExampleSite:
    """The OBJECTS of the site by key, and the LETTERS by source key, with the one that asks to confirm."""

    objects: dict[str, bytes]
    letters: dict[str, Letter]

    def mails(self) -> dict[str, bytes]:
        """Return the bytes of each mail, as one reader gets it."""
        return {key: letter.rendered().spliced(READER, link_for(letter)) for key, letter in self.letters.items()}


def link_for(letter: Letter) -> str:
    """Return the reader's own link in LETTER."""
    return private_link(letter.site, "unsubscribe" if letter.list_id else "confirm", READER.subscriber, "t" * 43)


def letters_of(cloud: LocalCloud, keys: Iterable[str]) -> dict[str, Letter]:
    """Return the letters of those sources KEYS that are posts, as they are published in CLOUD."""
    catalog = Catalog(Table(cloud.client("dynamodb"), cloud.id("CatalogTable")), URL)
    bodies = Artifacts(cloud.client("s3"), cloud.id("ArtifactBucket"), "bodies/")
    layout, site, now = MailLayout(Theme(TEMPLATES), "news@example.org", "1 Way"), catalog.site(), cloud.clock.now()
    items = {key: item for key in keys if (item := catalog.news(key)) and not item.is_page}
    letters = {key: issue_letter(layout, site, item, bodies.get(item.digest), now) for key, item in items.items()}
    return {**letters, "confirmation": confirmation_letter(layout, site, now)}
