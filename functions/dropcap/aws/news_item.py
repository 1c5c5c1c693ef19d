"""A published post as news: what the newsletter reads of its shown record and of its state."""

from dropcap.contracts import moment
from dropcap.newsletter.news import NewsItem
from dropcap.site.post import Post, Shown


def news_item(shown: Shown, post: Post | None) -> NewsItem:
    """Return the post that is SHOWN as news; the state POST, where it still has one, tells its upload and its words."""
    card, live = shown.card, post.live if post else None
    uploaded = (post.stands_since or post.uploaded) if post else None
    return NewsItem(
        card.key, card.title, card.url, card.date, card.dated, card.is_page,
        card.summary, card.identity, card.digest, card.newsletter,
        live.fingerprint if live else "", post.moved_from if post else "",
        moment(uploaded or ""), card.newsletter_length, card.language, live.disclaimer if live else None,
        live.translation if live else "",
    )  # fmt: skip
