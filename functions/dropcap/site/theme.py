"""The theme: Jinja templates and assets, found in one folder (a Lambda layer, or the repository's `templates/`)."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Theme:
    """Renders templates; the same values give the same text. Raises jinja2.TemplateError where a template is wrong."""

    def __init__(self, folder: Path) -> None:
        """Take the FOLDER that holds `site/`, `feeds/`, `email/` and `assets/`."""
        self._folder = folder
        self._jinja = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.filters |= {"day": day, "month_name": month_name, "iso": iso, "href": href}

    def render(self, template: str, /, **context: object) -> str:
        """Fill in TEMPLATE, such as `site/home.html`; `assets` is always there."""
        return self._jinja.get_template(template).render(assets=self.assets, **context)

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """Give the address of each asset by its name, a hash of its content within, so that it may be kept for ever."""
        return {path.name: _hashed(path) for path in sorted((self._folder / "assets").iterdir()) if path.is_file()}

    def asset_files(self) -> dict[str, bytes]:
        """Give the content of every asset by its address."""
        return {address: (self._folder / "assets" / name).read_bytes() for name, address in self.assets.items()}


def day(when: date) -> str:
    """Write a day for people: 12 March 2025."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def month_name(when: date) -> str:
    """Write a month for people: March 2025."""
    return f"{MONTHS[when.month - 1]} {when.year}"


def iso(when: datetime) -> str:
    """Write a time as RFC 3339 wants it in feeds, to the second."""
    return when.isoformat(timespec="seconds")


def href(path: str) -> str:
    """Percent-encode what an address may not hold as it is; what is encoded already stays."""
    return quote(path, safe="/:?#[]@!$&'()*+,;=%~")


def _hashed(path: Path) -> str:
    return f"/assets/{path.stem}.{sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}"
