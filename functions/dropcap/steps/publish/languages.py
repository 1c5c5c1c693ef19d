"""3 publish: the list of the posts in one language, for the languages that `site.yaml` names."""

from dataclasses import replace

from dropcap.aws import catalog_keys as keys
from dropcap.aws.home_lists import language_home_list
from dropcap.site import urls
from dropcap.site.content.translations import language_homes, language_name
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.archive import TITLES, YEAR, periods
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.page_context import welcome


def language_list(context: PublishContext, tag: str) -> CacheTags:
    """Write the newest titles in the language TAG, in that language if the theme has it; also while there are none.

    Above them is the page that the author wrote for it, if there is one: the translation of the home page.
    It is part of the view of its address, so that the address always has one writer.
    """
    path = urls.language_path(tag)
    cards = context.tools.catalog.lists.newest(keys.language_list(tag), TITLES)
    interface = context.tools.theme.interface_language(tag, context.site)
    own = replace(context, site=replace(context.site, language=interface))
    opening = welcome(context, context.tools.catalog.lists.opening(language_home_list(tag)))
    values = {"language": tag, "name": language_name(tag), "homes": language_homes(context.site), "welcome": opening}
    tags = [urls.page_tag(path)]
    return own.page(path, "site/language.html", tags, periods=periods(cards, YEAR), **values)
