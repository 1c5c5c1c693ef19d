"""A bench for views: everything in memory, with a theme that keeps the values of its templates."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dropcap.aws.catalog import Catalog
from dropcap.aws.site_bucket import SiteObject
from dropcap.aws.table import Item
from dropcap.site.cards import Card
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.steps.publish.context import PublishContext, PublishTools
from support.memory_table import URL, MemoryTable
from support.posts import CAUSE

TEMPLATES = Path(__file__).parents[2] / "templates"
SITE = SiteSettings(URL, title="The Quiet Hour")


class KeptValues(Theme):
    """A theme whose texts are the names of their templates; VALUES are those of the last text at each path."""

    def __init__(self) -> None:
        """Take messages and assets from the project's theme."""
        super().__init__(TEMPLATES)
        self.values: dict[str, dict[str, Any]] = {}
        self.has_font = False

    def asset(self, name: str) -> Path | None:
        """Return an asset; no font unless HAS_FONT, since a drawn card takes longer than all else."""
        return super().asset(name) if self.has_font else None

    def render(self, template: str, /, *, site: SiteSettings, **context: object) -> str:  # noqa: ARG002  # as in Theme
        """Return the name of TEMPLATE in XML, and keep the values of CONTEXT."""
        self.values[str(context["path"])] = context
        return f"<t>{template}</t>"


class MemorySite:
    """The site bucket: OBJECTS by path."""

    def __init__(self) -> None:
        self.objects: dict[str, SiteObject] = {}
        self.looked: list[str] = []

    def write(self, path: str, what: SiteObject, *, is_new: bool = False) -> bool:  # noqa: ARG002  # saves a call only
        """Write WHAT at PATH; return whether it was another object. LOOKED has the paths of all."""
        self.looked.append(path)
        changed = self.objects.get(path) != what
        self.objects[path] = what
        return changed

    def write_new(self, path: str, what: SiteObject) -> None:
        """Write WHAT at PATH."""
        assert path not in self.objects
        self.objects[path] = what

    def copy(self, path: str, source: tuple[str, str], *, kind: str, caching: str, **headers: Any) -> None:  # noqa: ANN401  # tags and more
        """Write an object that stands for a copy of SOURCE."""
        self.objects[path] = SiteObject(source[1].encode(), kind, headers["tags"], caching=caching)

    def remove(self, path: str) -> bool:
        """Delete the object at PATH; return whether there was one."""
        return self.objects.pop(path, None) is not None

    def names(self, folder: str, *, deep: bool = True) -> frozenset[str]:
        """Return the paths of the objects below FOLDER; without those in its own folders unless DEEP."""
        names = (path for path in self.objects if path.startswith(folder))
        return frozenset(path for path in names if deep or "/" not in path.removeprefix(folder))


class Texts:
    """Stored texts by digest; a text is its own digest."""

    def get(self, digest: str) -> str:
        """Return the text DIGEST."""
        return digest

    def place_of(self, digest: str) -> tuple[str, str]:
        """Return the place of the rendition DIGEST."""
        return "artifacts", digest

    def put(self, text: str, stored_digest: str | None = None) -> str:  # noqa: ARG002  # as in Artifacts
        """Return the digest of TEXT."""
        return text


@dataclass
class PublishBench:
    """The Catalog's TABLE, the BUCKET of the site, the reports by name, and the settings of the SITE."""

    table: MemoryTable
    bucket: MemorySite = field(default_factory=MemorySite)
    theme: KeptValues = field(default_factory=KeptValues)
    reports: dict[str, str] = field(default_factory=dict)
    site: SiteSettings = SITE

    @classmethod
    def with_items(cls, *items: Item) -> "PublishBench":
        """Return a bench whose Catalog has ITEMS."""
        return cls(MemoryTable(*items))

    @property
    def context(self) -> PublishContext:
        """Return the context in which a view is built."""
        texts: Any = Texts()
        bucket: Any = self.bucket
        tools = PublishTools(Catalog(self.table, URL), bucket, texts, texts, self._reports(), self.theme, str, texts)
        return PublishContext(tools, self.site, CAUSE)

    def values(self, path: str) -> dict[str, Any]:
        """Return the values of the template whose text is at PATH."""
        return self.theme.values[path]

    def sum(self, name: str, period: str) -> Item:
        """Return the sum of the list NAME over PERIOD; empty if there is none."""
        return self.table.get((f"SUM#{name}", period)) or {}

    def _reports(self) -> Any:  # noqa: ANN401  # stands for Reports
        return self

    def write(self, name: str, for_programs: str, for_people: str) -> None:
        """Keep both forms of the report NAME."""
        self.reports[name] = for_programs + for_people

    def remove(self, name: str) -> None:
        """Remove the report NAME."""
        self.reports.pop(name, None)


def urls_of(cards: list[Card]) -> list[str]:
    """Return the addresses of CARDS."""
    return [card.url for card in cards]
