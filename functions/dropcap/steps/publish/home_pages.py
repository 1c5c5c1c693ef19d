"""3 publish: which page opens the home page, and which one the list of a language."""

from dropcap.aws.home_lists import HOME, home_place, language_home_list
from dropcap.site.content.translations import listed_language
from dropcap.site.post import Snapshot
from dropcap.site.urls import language_path
from dropcap.steps.publish.context import PublishContext


def opened_by(context: PublishContext, key: str, live: Snapshot) -> tuple[str, str | None] | None:
    """Return the address that LIVE, the page of source KEY, may open, and the source key of the page that opens it.

    None for a page that may open none, or only the list of a language that `site.yaml` does not name.
    """
    name, _ = home_place(key, live) or ("", "")
    if name == HOME:
        return "/", context.tools.catalog.lists.home_page()
    address = language_path(name.partition("#")[2])
    if not name or not listed_language(context.site, address):
        return None
    return address, context.tools.catalog.lists.opening(name)


def home_addresses(context: PublishContext) -> dict[str, str]:
    """Return the source keys of the pages that open the home page or the list of a language, each with that address."""
    lists, tags = context.tools.catalog.lists, context.site.other_languages
    opened = {language_path(tag): lists.opening(language_home_list(tag)) for tag in tags}
    return {key: address for address, key in ({"/": lists.home_page()} | opened).items() if key}


def address_to_share(context: PublishContext, key: str, live: Snapshot) -> str:
    """Return the address of LIVE, the post of source KEY, for search engines: that of what it opens, else its own."""
    address, opens = opened_by(context, key, live) or ("", None)
    return address if opens == key else live.path
