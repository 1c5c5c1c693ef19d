"""The site's settings and the state of a post's newsletter as attributes of Catalog items.

The names in this module are those at rest; see `post_items.py`.
"""

from collections.abc import Mapping
from typing import Any

from dropcap.site.reports.mail_note import MailNote
from dropcap.site.settings.model import Colours, Person, SiteSettings


def site_item(site: SiteSettings) -> dict[str, Any]:
    """Return the settings SITE as attributes of their item."""
    return {
        "url": site.url,
        "title": site.title,
        "tagline": site.tagline,
        "description": site.description,
        "language": site.language,
        "zone": site.zone,
        "authors": list(site.authors),
        "feed_excerpts": site.feed_excerpts,
        "people": [_person_item(person) for person in site.people],
        "navigation": [list(link) for link in site.navigation],
        "about": site.about,
        "about_title": site.about_title,
        "disclaimer": site.disclaimer,
        "logo": site.logo,
        "icon": site.icon,
        "share_image": site.share_image,
        "colours": _colours_item(site.colours),
        "permalink": site.permalink,
        "folders": [list(folder) for folder in site.folders],
        "languages": list(site.languages),
        "has_tags_with_spaces": site.has_tags_with_spaces,
        "newsletter": site.newsletter,
        "newsletter_length": site.newsletter_length,
        "sender": site.sender,
        "reply_to": site.reply_to,
        "postal_address": site.postal_address,
        "grace_minutes": site.grace_minutes,
        "lateness_days": site.lateness_days,
        "token": site.token,
    }


def site_of(item: Mapping[str, Any], url: str) -> SiteSettings:
    """Return the settings in the attributes of ITEM; URL applies where the author named none."""
    minutes = item.get("grace_minutes")
    return SiteSettings(
        url=item["url"] or url,
        title=item["title"],
        tagline=item["tagline"],
        description=item["description"],
        language=item["language"],
        zone=item["zone"],
        authors=tuple(item["authors"]),
        feed_excerpts=item.get("feed_excerpts", False),
        people=tuple(map(_person_of, item.get("people", ()))),
        navigation=tuple((label, to) for label, to in item["navigation"]),
        about=item["about"],
        about_title=item["about_title"],
        disclaimer=item["disclaimer"],
        logo=item["logo"],
        icon=item.get("icon", ""),
        share_image=item.get("share_image", ""),
        colours=_colours_of(item["colours"]),
        permalink=item["permalink"],
        folders=tuple((folder, kind) for folder, kind in item["folders"]),
        languages=tuple(item.get("languages", ())),
        has_tags_with_spaces=item.get("has_tags_with_spaces", False),
        newsletter=item["newsletter"],
        newsletter_length=item.get("newsletter_length", "full"),
        sender=item["sender"],
        reply_to=item.get("reply_to", ""),
        postal_address=item["postal_address"],
        grace_minutes=None if minutes is None else int(minutes),
        lateness_days=int(item["lateness_days"]),
        token=item["token"],
    )


def mail_note_of(item: Mapping[str, Any]) -> MailNote:
    """Return the note in the attributes of ITEM; other attributes are ignored."""
    return MailNote.of(item)


def _person_item(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "url": person.url,
        "bio": person.bio,
        "picture": person.picture,
        "profiles": list(person.profiles),
        "fediverse": person.fediverse,
    }


def _person_of(item: Mapping[str, Any]) -> Person:
    return Person(
        name=item["name"],
        url=item["url"],
        bio=item["bio"],
        picture=item["picture"],
        profiles=tuple(item["profiles"]),
        fediverse=item["fediverse"],
    )


def _colours_item(colours: Colours) -> dict[str, str]:
    return {
        "accent": colours.accent,
        "background": colours.background,
        "text": colours.text,
        "dark_accent": colours.dark_accent,
        "dark_background": colours.dark_background,
        "dark_text": colours.dark_text,
    }


def _colours_of(item: Mapping[str, str]) -> Colours:
    return Colours(
        accent=item["accent"],
        background=item["background"],
        text=item["text"],
        dark_accent=item["dark_accent"],
        dark_background=item["dark_background"],
        dark_text=item["dark_text"],
    )
