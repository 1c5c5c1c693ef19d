"""A published post as news: what the newsletter reads of its shown record and of its state."""

from dropcap.contracts import moment
from dropcap.newsletter.news import NewsItem
from dropcap.site.post import Post, Shown


def news_item(shown: Shown, post: Post | None) -> NewsItem:
    """Return the post that is SHOWN as news; the state POST, where it still has one, tells its upload and its words."""
    card, words = shown.card, post.live.fingerprint if post and post.live else ""
    uploaded = (post.stands_since or post.uploaded) if post else None
    return NewsItem(
        card.key, card.title, card.url, card.date, card.dated, card.is_page,
        card.summary, card.identity, card.digest, card.newsletter, words, post.moved_from if post else "",
        moment(uploaded or ""), card.newsletter_length, card.language,
    )  # fmt: skip
