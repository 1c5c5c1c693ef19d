"""Keys of the Catalog's items: one table, and what each partition holds."""

from collections.abc import Iterable
from hashlib import sha256

from dropcap.aws.home_lists import home_place
from dropcap.document import slug
from dropcap.document.html.file_references import file_name, own_paths
from dropcap.document.paths.source_path import file_names
from dropcap.site.media import Media
from dropcap.site.post import ItemKey, Snapshot

SITE: ItemKey = ("SITE", "SITE")
RELEASE: ItemKey = ("RELEASE", "RELEASE")
"""The versions of theme and code that the pages were last made with."""
NAVIGATION: ItemKey = ("NAVIGATION", "NAVIGATION")
"""The masthead: links to pages, for a site whose `site.yaml` names no navigation, and pictures."""
ALL, PAGES, SEARCH, ISSUES = "all", "pages", "search", "issues"
TRANSLATIONS = 50
"""Most translations of one text."""
AUTHORS = 5
"""Most authors of a post that have it in their lists: a transaction takes 100 items."""
OWNER, REDIRECT, GONE = "1", "2", "3"
"""Ranks of a claim on an address: the first item of one query decides."""


def post_key(key: str) -> ItemKey:
    """Return the key of the state of source KEY."""
    return f"POST#{key}", "POST"


def shown_key(key: str) -> ItemKey:
    """Return the key of the published version of source KEY."""
    return f"SHOWN#{key}", "SHOWN"


def mail_key(key: str) -> ItemKey:
    """Return the key of the note on the newsletter of source KEY."""
    return f"MAIL#{key}", "MAIL"


def failed_views_key(key: str) -> ItemKey:
    """Return the key of the failed views that source KEY caused."""
    return f"TROUBLE#{key}", "TROUBLE"


def media_key(key: str) -> ItemKey:
    """Return the key of the state of the picture or file KEY."""
    return f"PICTURE#{key}", "PICTURE"


def files_named(name: str) -> str:
    """Return the partition of the files called NAME, in any folder."""
    return f"FILE#{name}"


def mentions_of(name: str) -> str:
    """Return the name under which texts register that they mention a file called NAME."""
    return f"file:{name}"


def file_name_items(media: Media) -> dict[ItemKey, dict[str, str]]:
    """Return the items by which texts find MEDIA: under its file's name, one for each path that may mean it."""
    if not media.content:
        return {}
    mark, digest = sha256(media.key.encode()).hexdigest()[:12], media.content.digest
    attributes = {"source": media.key, "digest": digest}
    return {(files_named(file_name(path)), f"{path}#{mark}"): attributes for path in own_paths(media.key)}


def claims_of(path: str) -> str:
    """Return the partition of the claims on PATH."""
    return f"URL#{path}"


def list_of(name: str) -> str:
    """Return the partition of the list NAME: `all`, `pages`, `tag#<slug>`, `author#…`, `series#…`, `language#<tag>`."""
    return f"LIST#{name}"


def author_list(name: str) -> str:
    """Return the name of the list of an author's posts; NAME is that of their address."""
    return f"author#{name}"


def series_list(name: str) -> str:
    """Return the name of the list of the parts of a series; NAME is that of its address."""
    return f"series#{name}"


def language_list(tag: str) -> str:
    """Return the name of the list of the posts in the language TAG (BCP 47), which its author wrote."""
    return f"language#{tag.casefold()}"


def tag_list(name: str) -> str:
    """Return the name of a tag's list."""
    return f"tag#{name}"


def translation_list(group: str) -> str:
    """Return the partition of the translations in GROUP; the untranslated file of that name is not in it."""
    return list_of(f"translations#{group}")


def original_group(key: str) -> str:
    """Return the group of translations whose original is the source KEY."""
    return key.rpartition(".")[0]


def originals_of(group: str) -> tuple[str, ...]:
    """Return the source keys that may be the original of the translations in GROUP."""
    return () if group.startswith("key ") else (f"{group}.md", f"{group}.markdown")


def sums_of(name: str) -> str:
    """Return the partition of the sums of the list NAME."""
    return f"SUM#{name}"


def holders_of(name: str) -> str:
    """Return the partition of the posts that have NAME, to which a wikilink may lead."""
    return f"NAME#{name}"


def references_to(name: str) -> str:
    """Return the partition of the references to NAME."""
    return f"REF#{name}"


def item_sort(sort: str, key: str) -> str:
    """Return the sort key of a post's list items: by date, then by source key."""
    return f"{sort}#{key}"


def item_keys(key: str, live: Snapshot) -> tuple[ItemKey, ...]:
    """Return the keys of everything that names LIVE: its list items, and the names by which others may link to it.

    A name of its file sorts before every address (`!` before `/`): if several posts have a name, it means that one.
    """
    authors = dict.fromkeys(author_list(slug(name)) for name in live.authors[:AUTHORS] if slug(name))
    series = [series_list(slug(live.series))] if live.series else []
    languages = [language_list(live.language)] if live.language else []
    posts = [ALL, *(tag_list(tag.slug) for tag in live.tags), *authors, *series, *languages]
    lists = [PAGES] if live.is_page else posts
    items = [(list_of(name), item_sort(live.sort, key)) for name in lists]
    if live.searchable:
        items.append((list_of(SEARCH), item_sort(PAGES if live.is_page else live.sort, key)))
    if place := home_place(key, live):
        home, rank = place
        items.append((list_of(home), f"{rank}#{item_sort(live.sort, key)}"))
    if live.translation:
        items.append((translation_list(live.translation), f"{live.language or ''}#{key}"))
    by_file = file_names(key)
    holders = ((holders_of(name), f"{'!' if name in by_file else ''}{live.path}#{key}") for name in live.names)
    return (*items, *holders)


def claim_keys(
    key: str, live: Snapshot | None, addresses: Iterable[str], adopted: Iterable[str] = ()
) -> tuple[ItemKey, ...]:
    """Return the claims of source KEY on its ADDRESSES: it owns one, redirects from the others, or says they are gone.

    ADOPTED addresses are those of files that it replaces: a post that had one itself comes first.
    """
    rank = REDIRECT if live else GONE
    own = ((claims_of(path), f"{rank}#{key}") for path in addresses if live is None or path != live.path)
    others = ((claims_of(path), f"{rank}~{key}") for path in adopted if live is None or path != live.path)
    former = (*own, *others)
    return ((claims_of(live.path), f"{OWNER}#{item_sort(live.sort, key)}"), *former) if live else former


def known_keys(key: str, identity: str | None, words: str) -> tuple[ItemKey, ...]:
    """Return the keys of the items by which a moved file is recognised as source KEY: its IDENTITY, its WORDS."""
    names = [f"id#{identity}"] if identity else []
    names += [f"words#{words}"] if words else []
    return tuple((f"ID#{name}", key) for name in names)


def is_claim(key: ItemKey) -> bool:
    """Return whether KEY is that of a claim on an address."""
    return key[0].startswith("URL#")


def address_of(claim: ItemKey) -> str:
    """Return the path that the key CLAIM is for."""
    return claim[0].removeprefix("URL#")
