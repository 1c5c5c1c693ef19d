"""The settings of the site: one Catalog item, which every step reads. `reader.py` reads them from `site.yaml`."""

from dataclasses import dataclass
from typing import Self

from dropcap.site.picture import Picture

SITE_KEY = "site.yaml"
"""Source key of the settings."""
UNTITLED = "Untitled journal"
"""The title of a site that states none."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours instead of the theme's own, each as `#rrggbb` in lower case, or empty; DARK ones for dark screens."""

    accent: str = ""
    background: str = ""
    text: str = ""
    dark_accent: str = ""
    dark_background: str = ""
    dark_text: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """An author of the site. URL and PROFILES are web addresses, FEDIVERSE a handle such as `@name@example.social`.

    PICTURE is the path of an uploaded picture or a URL; publish looks up the PHOTO that is uploaded there.
    """

    name: str
    url: str = ""
    bio: str = ""
    picture: str = ""
    profiles: tuple[str, ...] = ()
    fediverse: str = ""
    photo: Picture | None = None

    @property
    def picture_url(self) -> str:
        """Return the address of the picture; empty if there is none, or it is missing."""
        return _address(self.picture, self.photo)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The site. URL has no slash at its end; ZONE is an IANA name; TOKEN names this version of the settings.

    LOGO, ICON and SHARE_IMAGE are paths of uploaded pictures or URLs. PERMALINK is the pattern of posts' addresses,
    such as `/:year/:slug/`; empty for `/:slug/`. FOLDERS names the content of folders: posts, pages, drafts or ignored.
    LANGUAGES are those into which texts are translated. NEWSLETTER_LENGTH is `full` or `excerpt`.
    PAGES, the links to the published pages, and the pictures of logo, icon and share image are not part of the file:
    publish looks them up. Without a share image of its own, SHARE_PICTURE is a card with the site's name,
    if it has one.
    """

    url: str
    title: str = UNTITLED
    tagline: str = ""
    description: str = ""
    language: str = "en"
    zone: str = "UTC"
    authors: tuple[str, ...] = ()
    navigation: tuple[tuple[str, str], ...] = ()
    about: str = ""
    about_title: str = ""
    disclaimer: str = ""
    logo: str = ""
    icon: str = ""
    share_image: str = ""
    colours: Colours = Colours()
    permalink: str = ""
    folders: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    has_tags_with_spaces: bool = False
    newsletter: bool = True
    newsletter_length: str = "full"
    sender: str = ""
    reply_to: str = ""
    postal_address: str = ""
    grace_minutes: int | None = None
    lateness_days: int = 7
    token: str = ""
    feed_excerpts: bool = False
    people: tuple[Person, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    logo_picture: Picture | None = None
    icon_picture: Picture | None = None
    share_picture: Picture | None = None

    def person(self, name: str) -> Person:
        """Return the author called NAME, with the details in the settings."""
        return next((person for person in self.people if person.name == name), Person(name))

    def disclaimer_of(self, own: str | bool | None) -> str:  # noqa: FBT001  # the field's value
        """Return the disclaimer of a text whose front matter says OWN: its text, or the site's; empty for none."""
        if isinstance(own, str):
            return own
        return "" if own is False else self.disclaimer

    @property
    def other_languages(self) -> tuple[str, ...]:
        """Return the languages that have a list and feeds of their own: those in LANGUAGES except the site's."""
        return tuple(tag for tag in self.languages if tag.casefold() != self.language.casefold())

    @property
    def picture_settings(self) -> dict[str, str]:
        """Return the picture settings by name; empty ones are left out."""
        authors = {f"author {person.name}": person.picture for person in self.people}
        named = {"logo": self.logo, "icon": self.icon, "share": self.share_image, **authors}
        return {use: written for use, written in named.items() if written}

    @property
    def logo_url(self) -> str:
        """Return the address of the logo; empty if there is none, or its picture is missing."""
        return _address(self.logo, self.logo_picture)

    @property
    def icon_url(self) -> str:
        """Return the address of the site's own icon; empty if there is none, or its picture is missing."""
        return _address(self.icon, self.icon_picture)

    @property
    def share_url(self) -> str:
        """Return the address of the site's share image; empty until it is published."""
        if self.share_image.startswith(("http://", "https://")):
            return self.share_image
        return self.share_picture.url if self.share_picture else ""

    @property
    def author(self) -> str:
        """Return the authors' names in one line."""
        return ", ".join(self.authors)

    @classmethod
    def default(cls, url: str) -> Self:
        """Return the settings of a site that has no `site.yaml` yet, at URL."""
        return cls(url.rstrip("/"))


def _address(written: str, picture: Picture | None) -> str:
    if written.startswith(("http://", "https://")):
        return written
    return picture.small if picture else ""
