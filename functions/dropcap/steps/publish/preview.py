"""3 publish: the preview of a draft or a scheduled post, a page that is not linked anywhere.

It is in no list, and neither search engines nor caches may store it, so its address always shows the current version.
"""

from dropcap.aws.site_bucket import UNKEPT, SiteObject
from dropcap.site import urls
from dropcap.site.content.pictures import filled
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.context import HTML, PublishContext
from dropcap.steps.publish.lead_picture import lead_picture
from dropcap.steps.publish.media import clear_away, place, tidy
from dropcap.steps.publish.page_context import Owner, body_on_page, description
from dropcap.steps.publish.resolve_links import filled_in
from dropcap.steps.publish.series_of import series_of_preview


def preview(context: PublishContext, name: str) -> CacheTags:
    """Build the preview NAME (its address, a space, a source key), or delete it once the source is not hidden."""
    address, _, key = name.partition(" ")
    tags = [urls.page_tag(address)]
    post = context.tools.catalog.posts([key]).get(key)
    if post is None or post.hidden is None or post.preview != address:
        return context.remove(address, tags) | clear_away(context, address)
    gallery = place(context, address, key, post.hidden.files)
    marked = context.tools.fragments.get(post.hidden.digest)
    picture = lead_picture(post.hidden, marked, gallery)
    fragment = filled(marked, gallery.placed, is_below=bool(picture))
    owner = Owner(post, post.hidden)
    text = filled_in(context, fragment, key, post.hidden.language).page
    content = description(context, owner, text, alone=True) | {
        "is_draft": True,
        "series": series_of_preview(post.hidden),
        "lead": body_on_page(context, picture, post.hidden.language),
    }
    html = context.render("site/article.html", path=address, post=content)
    changed = context.put(address, SiteObject(html.encode(), HTML, tuple(tags), caching=UNKEPT))
    return changed | tidy(context, gallery)
