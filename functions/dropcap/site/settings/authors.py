"""`authors` of `site.yaml` ▶ people: a name, a list of names, or a list of tables with a name and more."""

from collections.abc import Iterator

from dropcap.document.front_matter.values import Table, Value, known_as, one_line
from dropcap.patterns import lazy_pattern
from dropcap.site.settings.model import Person
from dropcap.site.settings.validators import address
from dropcap.site.settings.yaml_reader import SettingsTable

AUTHORS = 20
"""Most authors of a site."""
PROFILES = 10
"""Most `rel=me` addresses of an author."""
BIO = 1_000
"""Most characters of an author's biography."""
REMEDY = (
    "Write each author on a line of its own below it, as `- Name`, or `- name: Name` with `url`, `bio`, `picture`, "
    "`rel_me` or `fediverse`."
)
_HANDLE = lazy_pattern(r"@?[\w.-]+@[\w-]+(?:\.[\w-]+)+")


def authors(read: SettingsTable) -> tuple[Person, ...]:
    """Return the authors in READ; an error in one is reported, and the others are kept."""
    value = read.value("authors", "author")
    if not isinstance(value, list):
        return tuple(Person(name) for name in filter(None, [read.line("authors", "author")]))
    people = tuple(_people(read, value[:AUTHORS]))
    if len(value) > AUTHORS:
        read.refuse(
            f"`authors` has more than {AUTHORS} authors.", "Keep only those who write here.", "authors", "author"
        )
    return people


def _people(read: SettingsTable, values: list[Value]) -> Iterator[Person]:
    for value in values:
        person = (
            Person(one_line(value)) if isinstance(value, str) else _person(value) if isinstance(value, dict) else None
        )
        if person is None or not person.name:
            read.refuse(
                "`authors` has an author without a name, or with an invalid value.", REMEDY, "authors", "author"
            )
        else:
            yield person


def _person(table: Table) -> Person | None:
    """Return the author in TABLE; None if a value is invalid."""
    fields = {known_as(name): value for name, value in table.items()}
    profiles = fields.get(known_as("rel_me"))
    listed = profiles if isinstance(profiles, list) else [profiles] if profiles else []
    links = {name: one_line(fields.get(name)) for name in ("url", "picture")}
    handle = one_line(fields.get("fediverse"))
    texts = [one_line(profile) for profile in listed[:PROFILES]]
    if not all(address(link) for link in (*texts, *filter(None, links.values()))):
        return None
    if handle and not _HANDLE.fullmatch(handle):
        return None
    bio = one_line(fields.get("bio"))[:BIO]
    fediverse = "@" + handle.removeprefix("@") if handle else ""
    return Person(one_line(fields.get("name")), links["url"], bio, links["picture"], tuple(texts), fediverse)
