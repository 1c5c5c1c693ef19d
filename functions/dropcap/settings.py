"""The environment variables of each function; `template.yaml` sets them, and a test compares the two."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, ClassVar, Self

from dropcap.errors import SettingsError


class Settings:
    """A frozen dataclass whose fields are environment variables of the same name in capitals."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read ENVIRONMENT; raise SettingsError with every missing name at once."""
        named = {field.name: environment.get(field.name.upper()) for field in fields(cls)}
        required = {field.name for field in fields(cls) if field.default is MISSING}
        missing = [name.upper() for name in required if not named[name]]
        if missing:
            raise SettingsError.missing(missing)
        return cls(**{name: value for name, value in named.items() if value is not None})


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class RefreshSettings(Settings):
    """For functions/refresh.py."""

    distribution_id: str


@dataclass(frozen=True, slots=True)
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
    issue_queue_url: str = ""


@dataclass(frozen=True, slots=True)
class ImagesSettings(Settings):
    """For functions/images.py."""

    content_bucket: str
    artifact_bucket: str
    catalog_table: str
