"""1 render: warn the author of a post whose mail would be so long that Gmail cuts it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dropcap.document import Document
from dropcap.errors import Finding
from dropcap.newsletter.mail_size import LONGEST, estimated_mail_size
from dropcap.site.content.feed_and_mail_html import for_mail
from dropcap.site.settings.model import SiteSettings


def mail_warnings(document: Document, site: SiteSettings, uploaded: datetime) -> Iterator[Finding]:
    """Yield a warning if the mail of DOCUMENT is too long, and if it is mailed at all by its date and UPLOADED time.

    The time of the upload counts, not the clock, so that the same file always has the same report.
    """
    if not _is_mailed(document, site, uploaded) or (document.newsletter_length or site.newsletter_length) != "full":
        return
    size = estimated_mail_size(for_mail(document.html), site.url)
    if size > LONGEST:
        message = f"The mail of this post has about {size // 1000} KB. Gmail cuts mails after 102 KB."
        yield Finding(message, "Write `newsletter: excerpt` in its front matter to mail an excerpt and a link.")


def _is_mailed(document: Document, site: SiteSettings, uploaded: datetime) -> bool:
    if document.newsletter is not None:
        return document.newsletter and site.newsletter
    is_recent = uploaded - document.date < timedelta(days=site.lateness_days)
    return site.newsletter and document.dated and not document.is_page and is_recent
