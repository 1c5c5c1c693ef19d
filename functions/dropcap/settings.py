"""The environment variables of each function; `template.yaml` sets them, and a test compares the two."""

import os
from collections.abc import Mapping
from typing import Self, dataclass_transform

from dropcap.errors import SettingsError


@dataclass_transform(frozen_default=True)
class Settings:
    """A class whose annotated names are environment variables in capitals; one with a default may be missing.

    It is a dataclass for the type checker alone: Python would compile six methods for each of these classes, and a
    function uses one of them.
    """

    def __init__(self, **values: str) -> None:
        """Store VALUES by their names."""
        vars(self).update(values)

    def __setattr__(self, name: str, value: object) -> None:
        """Raise AttributeError: settings do not change."""
        message = f"{type(self).__name__}.{name} does not change"
        raise AttributeError(message)

    def __eq__(self, other: object) -> bool:
        """Return whether OTHER has the same class and values."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Return a hash of the values: the tools of a function are kept by its settings."""
        return hash(tuple(sorted(vars(self).items())))

    @classmethod
    def names(cls) -> dict[str, bool]:
        """Return whether each of the variables is required, by its name in the environment."""
        return {name.upper(): not hasattr(cls, name) for name in cls.__annotations__}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read ENVIRONMENT; raise SettingsError with every missing name at once."""
        missing = [name for name, required in cls.names().items() if required and not environment.get(name)]
        if missing:
            raise SettingsError.missing(missing)
        return cls(**{name.lower(): environment[name] for name in cls.names() if name in environment})


OF_PAGES = ("default_site_url", "trusted_prefixes", "newsletter")
"""Settings of render and publish that decide what is in pages and reports; the others say where to read and write."""


class RenderSettings(Settings):
    """For functions/render.py."""

    content_bucket: str
    artifact_bucket: str
    catalog_table: str
    default_site_url: str
    upload_queue_url: str
    upload_queue_arn: str
    schedule_group: str
    schedule_role_arn: str
    picture_queue_url: str
    trusted_prefixes: str = ""
    newsletter: str = ""
    """Empty for a stack without a newsletter, which does not warn of long mails."""

    @property
    def trusted(self) -> tuple[str, ...]:
        """Return the prefixes of source keys that the operator trusts."""
        folders = (prefix.strip().strip("/") for prefix in self.trusted_prefixes.split(","))
        return tuple(f"{folder}/" for folder in folders if folder)


class IndexSettings(Settings):
    """For functions/index.py."""

    content_bucket: str
    catalog_table: str
    default_site_url: str
    upload_queue_url: str
    view_queue_url: str
    bulk_queue_url: str
    issue_queue_url: str = ""
    """Empty for a stack without a newsletter."""


class PublishSettings(Settings):
    """For functions/publish.py."""

    content_bucket: str
    artifact_bucket: str
    site_bucket: str
    catalog_table: str
    default_site_url: str
    edge_queue_url: str
    unmade_queue_url: str
    templates_dir: str
    newsletter: str = ""
    """Empty for a stack without a newsletter, whose pages have no form to subscribe."""


class RefreshSettings(Settings):
    """For functions/refresh.py."""

    distribution_id: str


class ReconcileSettings(Settings):
    """For functions/reconcile.py. A stack without a newsletter has no issue queue."""

    content_bucket: str
    artifact_bucket: str
    catalog_table: str
    default_site_url: str
    upload_queue_url: str
    bulk_queue_url: str
    view_queue_url: str
    templates_dir: str
    trusted_prefixes: str = ""
    newsletter: str = ""
    issue_queue_url: str = ""

    @property
    def of_pages(self) -> dict[str, str]:
        """Return the settings that decide what `render` and `publish` write, by their names."""
        return {name: getattr(self, name) for name in OF_PAGES}


class ImagesSettings(Settings):
    """For functions/images.py."""

    content_bucket: str
    artifact_bucket: str
    catalog_table: str
