"""Names of the front matter fields that Dropcap reads, the first of each group as documented.

Names are compared without regard to case, `-`, `_` and spaces. Of several fields of one group, the first here counts.
"""

from dropcap.document.front_matter.values import known_as

TITLE = ("title",)
DATE = (
    "date", "publish_date", "pubdate", "pub_datetime", "published", "published_at", "published_date", "date_published",
)  # fmt: skip
CREATED = ("created", "created_at", "date_created")
"""When a note was begun: its date if there is no other."""
PUBLISH_DATE = ("publish_date",)
UPDATED = (
    "updated", "lastmod", "modified", "updated_at", "last_modified", "last_modified_at", "last_updated",
    "date_modified", "date_updated", "updated_date", "mod_datetime",
)  # fmt: skip
EXPIRES = ("expires", "expiry_date", "expires_at", "expiry")
DRAFT = ("draft",)
PUBLISHED = ("published", "publish")
STATUS = ("status",)
VISIBILITY = ("visibility",)
SLUG = ("slug",)
ADDRESS = ("url", "permalink", "path")
ALIASES = ("aliases", "alias", "redirect_from")
SUMMARY = ("summary", "excerpt", "custom_excerpt", "description")
DESCRIPTION = ("description", "meta_description")
"""Text for search engines; Jekyll and Ghost write it beside an excerpt."""
TAGS = ("tags", "tag", "categories", "category")
CATEGORIES = ("categories", "category")
KEYWORDS = ("keywords",)
IMAGE = (
    "image", "cover", "cover_image", "feature_image", "featured_image", "thumbnail", "banner", "images", "og_image",
    "hero_image",
)  # fmt: skip
IMAGE_ALT = (
    "image_alt", "cover_alt", "cover_image_alt", "feature_image_alt", "featured_image_alt", "thumbnail_alt",
    "banner_alt", "hero_image_alt",
)  # fmt: skip
IMAGE_CAPTION = (
    "image_caption", "cover_caption", "cover_image_caption", "feature_image_caption", "featured_image_caption",
)  # fmt: skip
AUTHORS = ("authors", "author")
SERIES = ("series",)
LANGUAGE = ("lang", "language", "locale")
TRANSLATION = ("translation_key",)
NEWSLETTER = ("newsletter",)
ID = ("id",)
TOC = ("toc",)
MATH = ("math",)
SEARCH = ("search", "in_search_index")
NO_SEARCH = ("search_exclude", "search_hidden")
DISCLAIMER = ("disclaimer",)
PAGE = ("page",)
KIND = ("type", "layout")

ALL = (
    TITLE, DATE, CREATED, UPDATED, EXPIRES, DRAFT, PUBLISHED, STATUS, VISIBILITY, SLUG, ADDRESS, ALIASES, SUMMARY,
    DESCRIPTION, TAGS, KEYWORDS, IMAGE, IMAGE_ALT, IMAGE_CAPTION, AUTHORS, SERIES, LANGUAGE, NEWSLETTER, ID, TOC, MATH,
    SEARCH, NO_SEARCH, DISCLAIMER, PAGE, KIND, TRANSLATION,
)  # fmt: skip
KNOWN = frozenset(known_as(name) for names in ALL for name in names)
"""Every name that is read, as `known_as` makes it."""

NESTS = ("params", "taxonomies", "extra")
"""Tables for custom fields in Hugo and Zola; the fields in them are read, except addresses."""
