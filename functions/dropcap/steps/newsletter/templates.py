"""The templates that mails and the pages of the API are made of."""

from typing import Protocol

from dropcap.site.settings.model import SiteSettings


class Templates(Protocol):
    """Renders templates."""

    def render(self, template: str, /, *, site: SiteSettings, **context: object) -> str:
        """Fill in TEMPLATE in the language of SITE."""
