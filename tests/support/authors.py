"""A random author: changes of a handful of sources, so few that a failing history is easy to read."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from dropcap_local.cloud import START

KEYS = [f"posts/{letter}.md" for letter in "abcdefg"]
PATHS = ["u", "v", "w", "x"]
ALIASES = ["y", "z"]
MARK = "mark-{key}-{number}-end"
FILLER = "It goes on for a while, so that the file is known again by its words when somebody has renamed it. " * 2


@dataclass(frozen=True)
class Text:
    """The content of one version of a source. LINKS and EMBEDS name other sources; SLUG defaults to the file's name.

    DAY is one of March 2025; HOURS, if set, is its date instead, counted from the start of the cloud; EXPIRES is its
    expiry, counted alike.
    """

    slug: str
    day: int
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    draft: bool = False
    bad: bool = False
    embeds: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    identity: str = ""
    hours: int | None = None
    expires: int | None = None
    series: str = ""
    author: str = ""
    language: str = ""
    picture: str = ""

    @property
    def lists(self) -> dict[str, str]:
        """Return the fields that put the text into a list of its own, besides its tags."""
        return {"series": self.series, "author": self.author, "lang": self.language}

    @property
    def hidden_until(self) -> datetime:
        """Return the time until which it must not be public."""
        if self.draft or self.bad:
            return datetime.max.replace(tzinfo=START.tzinfo)
        return START + timedelta(hours=self.hours or 0)


@dataclass(frozen=True)
class Upload:
    """The author saves a version of the source KEY."""

    key: str
    text: Text


@dataclass(frozen=True)
class Delete:
    """The author removes the source KEY."""

    key: str


@dataclass(frozen=True)
class Rename:
    """The author renames the source KEY, as it is; DELETED_FIRST says which half of it comes first."""

    key: str
    to: str
    deleted_first: bool


@dataclass(frozen=True)
class TimePasses:
    """So many HOURS pass."""

    hours: int


@dataclass(frozen=True)
class NewSettings:
    """The author changes `site.yaml`; a ZONE that does not exist makes it a bad version."""

    title: str
    zone: str
    languages: str = ""
    language: str = "en"

    @property
    def source(self) -> str:
        """Return the file."""
        languages = f"language: {self.language}\nlanguages: [{self.languages}]\n"
        return f"title: {self.title}\ntimezone: {self.zone}\n{languages}"


Act = Upload | Delete | Rename | TimePasses | NewSettings

SOMETIMES = [None] * 5
TEXTS = st.builds(
    Text,
    slug=st.sampled_from(["", "", *PATHS]),
    day=st.integers(1, 5),
    tags=st.lists(st.sampled_from(["s", "t"]), unique=True, max_size=2).map(tuple),
    links=st.lists(st.sampled_from("abcdefgy"), unique=True, max_size=2).map(tuple),
    draft=st.sampled_from([False] * 6 + [True]),
    bad=st.sampled_from([False] * 6 + [True]),
    embeds=st.lists(st.sampled_from("abcd"), max_size=1).map(tuple),
    aliases=st.lists(st.sampled_from(ALIASES), unique=True, max_size=1).map(tuple),
    identity=st.sampled_from(["", "", "", "i"]),
    hours=st.sampled_from([*SOMETIMES, -1, 2, 30]),
    expires=st.sampled_from([*SOMETIMES, 0, 3, 31]),
    series=st.sampled_from(["", "", "Nights"]),
    author=st.sampled_from(["", "Ann"]),
    language=st.sampled_from(["", "", "de", "fr"]),
)
LANGUAGES = st.sampled_from(["", "de", "de, fr"])
FEW = st.sampled_from(KEYS[:4])
ACTS = st.one_of(
    st.builds(Upload, FEW, TEXTS),
    st.builds(Upload, st.sampled_from(KEYS), TEXTS),
    st.builds(Upload, FEW, TEXTS),
    st.builds(Delete, FEW),
    st.builds(Rename, FEW, st.sampled_from(KEYS), st.booleans()),
    st.builds(TimePasses, st.sampled_from([1, 5, 26])),
    st.builds(
        NewSettings, st.sampled_from(["One", "Two"]), st.sampled_from(["UTC", "Europe/Berlin", "No/Where"]), LANGUAGES
    ),
)


@dataclass
class Author:
    """Writes the sources, and remembers the versions: until when each mark must not be public, and the last text."""

    number: int = 0
    hidden: dict[str, datetime] = field(default_factory=dict)
    there: dict[str, tuple[str, str]] = field(default_factory=dict)

    def source(self, upload: Upload) -> tuple[str, str]:
        """Return the source text of UPLOAD with a unique mark in it, and that mark."""
        self.number += 1
        text, letter = upload.text, upload.key[6]
        mark = MARK.format(key=letter, number=self.number)
        self.hidden[mark] = text.hidden_until
        lines = [
            "---",
            f"title: {'[' if text.bad else ''}Title {letter}",
            *([f"slug: {text.slug}"] if text.slug else []),
            f"date: {_date(text)}",
            f"tags: [{', '.join(text.tags)}]",
            f"draft: {str(text.draft).lower()}",
            *([f"aliases: [{', '.join(text.aliases)}]"] if text.aliases else []),
            *([f"id: {text.identity}"] if text.identity else []),
            *(f"{name}: {value}" for name, value in text.lists.items() if value),
            *([f"expires: {_moment(text.expires)}"] if text.expires is not None else []),
            "---",
            f"{mark} {FILLER}",
            *(f"see [[{name}]]" for name in text.links),
            *(f"\n![[{name}]]\n" for name in text.embeds),
            *([f"\n![A picture]({text.picture}.png)\n"] if text.picture else []),
        ]
        self.there[upload.key] = "\n".join(lines) + "\n", mark
        return self.there[upload.key]

    def secrets(self, now: datetime) -> set[str]:
        """Return the marks that must not be public NOW."""
        return {mark for mark, until in self.hidden.items() if until > now}


def _date(text: Text) -> str:
    return f"2025-03-{text.day:02}" if text.hours is None else _moment(text.hours)


def _moment(hours: int) -> str:
    return (START + timedelta(hours=hours)).isoformat(sep=" ")


def edited(text: Text, **change: object) -> Text:
    """Return TEXT with one thing changed."""
    return replace(text, **change)  # type: ignore[arg-type]  # CHANGE names fields of Text
