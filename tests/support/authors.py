"""An author at random: what may happen to a handful of sources, so few that a failing history reads as a story."""

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

KEYS = [f"posts/{letter}.md" for letter in "abcdefg"]
PATHS = ["u", "v", "w", "x"]
MARK = "mark-{key}-{number}-end"


@dataclass(frozen=True)
class Text:
    """What one version of a source says. LINKS are names of other sources."""

    slug: str
    day: int
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    draft: bool = False
    bad: bool = False


@dataclass(frozen=True)
class Upload:
    """The author saves a version of the source KEY."""

    key: str
    text: Text


@dataclass(frozen=True)
class Delete:
    """The author removes the source KEY."""

    key: str


Act = Upload | Delete

TEXTS = st.builds(
    Text,
    slug=st.sampled_from(PATHS),
    day=st.integers(1, 5),
    tags=st.lists(st.sampled_from(["s", "t"]), unique=True, max_size=2).map(tuple),
    links=st.lists(st.sampled_from("abcdefg"), unique=True, max_size=2).map(tuple),
    draft=st.sampled_from([False] * 6 + [True]),
    bad=st.sampled_from([False] * 6 + [True]),
)
ACTS = st.one_of(
    st.builds(Upload, st.sampled_from(KEYS[:4]), TEXTS),
    st.builds(Upload, st.sampled_from(KEYS), TEXTS),
    st.builds(Delete, st.sampled_from(KEYS[:4])),
)


@dataclass
class Author:
    """Writes the sources, and remembers what each version said. MARKS gives, by ETag, the mark within the text."""

    number: int = 0
    secret: set[str] = field(default_factory=set)

    def source(self, upload: Upload) -> tuple[str, str]:
        """Give the source text of UPLOAD, with a mark of its own in it, and that mark."""
        self.number += 1
        text, letter = upload.text, upload.key[6]
        mark = MARK.format(key=letter, number=self.number)
        if text.draft or text.bad:
            self.secret.add(mark)
        lines = [
            "---",
            f"title: {'[' if text.bad else ''}Title {letter}",
            f"slug: {text.slug}",
            f"date: 2025-03-{text.day:02}",
            f"tags: [{', '.join(text.tags)}]",
            f"draft: {str(text.draft).lower()}",
            "---",
            mark,
            *(f"see [[{name}]]" for name in text.links),
        ]
        return "\n".join(lines) + "\n", mark


def edited(text: Text, **change: object) -> Text:
    """Give TEXT with one thing changed."""
    return replace(text, **change)  # type: ignore[arg-type]  # CHANGE names fields of Text
