"""The letter of a mail: templates filled in, once for an issue, once for each confirmation."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote_plus, urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dropcap.document.offsets import in_whole_minutes
from dropcap.newsletter.letter import Letter, mark_for
from dropcap.newsletter.mail_html import shown_in_mail, with_inline_styles
from dropcap.newsletter.news import NewsItem
from dropcap.newsletter.plain_text import plain_text
from dropcap.site.content.absolute_urls import absolute, absolute_url
from dropcap.site.content.feed_and_mail_html import for_mail
from dropcap.site.content.opening import standfirst
from dropcap.site.settings.model import SiteSettings
from dropcap.steps.newsletter.templates import Templates

LONG = 30_000
"""A letter whose text has more octets also has its links at the top."""
EXCERPT = "excerpt"


@dataclass(frozen=True, slots=True)
class MailLayout:
    """TEMPLATES, the address mail comes FROM, and the POSTAL address at its foot where the site names none."""

    templates: Templates
    mail_from: str
    postal_address: str


@dataclass(frozen=True, slots=True)
class LetterPost:
    """A post as the templates of an issue show it; URL is absolute, and so are the links in HTML, and LINKS.

    STANDFIRST is the summary where the text does not begin with it. IS_LONG asks for the links at the top too.
    IS_EXCERPT says that HTML and TEXT are the summary, and that the rest is on the site. LANGUAGE is that of its words,
    empty for the site's. DISCLAIMER is its own or the site's, empty for none.
    """

    title: str
    url: str
    date: datetime
    summary: str
    standfirst: str
    html: Markup
    text: str
    links: tuple[tuple[str, str], ...]
    is_long: bool
    is_excerpt: bool
    language: str
    disclaimer: str


def issue_letter(layout: MailLayout, site: SiteSettings, item: NewsItem, body: str, at: datetime) -> Letter:
    """Return the letter of an issue: the post ITEM with its resolved BODY, as it is AT that time."""
    url = absolute_url(site.url, item.url)
    is_excerpt = (item.length or site.newsletter_length) == EXCERPT and _has_more(body, item.summary)
    html = f"<p>{escape(item.summary)}</p>" if is_excerpt else _whole(layout, site, body, url)
    date = in_whole_minutes(item.date.astimezone(ZoneInfo(site.zone)))
    first = "" if is_excerpt else standfirst(item.summary, item.title, body)
    is_long = len(html.encode()) > LONG
    plain = plain_text(html)
    language = item.language or ""
    language = "" if language.casefold() == site.language.casefold() else language
    post = LetterPost(
        item.title, url, date, item.summary, first, Markup(html), plain.text, plain.links, is_long, is_excerpt,  # noqa: S704  # sanitised by render
        language, site.disclaimer_of(item.disclaimer),
    )  # fmt: skip
    mark = mark_for(item.title, item.summary, body)
    bodies = _bodies(layout, site, "issue", post=post, unsubscribe_url=mark)
    letter = Letter(item.title, *bodies, mark, _sender(site), layout.mail_from, at, site.url, reply_to=site.reply_to)
    return letter.to_list(f"newsletter.{urlsplit(site.url).hostname}")


def _has_more(body: str, summary: str) -> bool:
    """Return whether SUMMARY leaves out anything of the resolved BODY; without a summary there is no excerpt."""
    return bool(summary) and " ".join(plain_text(body).text.split()) != summary


def _whole(layout: MailLayout, site: SiteSettings, body: str, url: str) -> str:
    """Return the resolved BODY of the post at URL as HTML for mail programs."""
    watch = layout.templates.render("email/watch.txt", site=site).strip()
    return absolute(shown_in_mail(for_mail(body), url, watch), url)


def confirmation_letter(layout: MailLayout, site: SiteSettings, at: datetime) -> Letter:
    """Return the letter that asks whether somebody meant to subscribe."""
    mark = mark_for(site.title, site.url)
    bodies = _bodies(layout, site, "confirmation", confirm_url=mark)
    subject = layout.templates.render("email/confirmation_subject.txt", site=site).strip()
    return Letter(subject, *bodies, mark, _sender(site), layout.mail_from, at, site.url, reply_to=site.reply_to)


def private_link(site_url: str, action: str, subscriber: str, token: str) -> str:
    """Return the link by which a SUBSCRIBER, known by a hash, and nobody without the TOKEN, may take ACTION."""
    return f"{site_url}/api/{action}?s={subscriber}&t={quote_plus(token)}"


def _bodies(layout: MailLayout, site: SiteSettings, name: str, **context: object) -> tuple[str, str]:
    """Fill in both templates of the mail NAME: HTML and text."""
    fields = {"postal_address": site.postal_address or layout.postal_address, **context}
    render = layout.templates.render
    html = with_inline_styles(render(f"email/{name}.html", site=site, **fields))
    return html, render(f"email/{name}.txt", site=site, **fields)


def _sender(site: SiteSettings) -> str:
    return site.sender or site.title
