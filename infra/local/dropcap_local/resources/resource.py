"""A resource before and after it is created."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dropcap_local.clients import ACCOUNT


@dataclass(frozen=True, slots=True)
class ResourceRequest:
    """A resource as the template declares it, with every intrinsic function evaluated."""

    logical_id: str
    type: str
    properties: Mapping[str, Any]
    stack: str  # the name of its stack
    region: str

    @property
    def name(self) -> str:
        """Return a physical name, for a resource that the template does not name."""
        return f"{self.stack}-{self.logical_id}"

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of a resource in this stack's account and region."""
        return f"arn:aws:{service}:{self.region}:{ACCOUNT}:{resource}"


@dataclass(frozen=True, slots=True)
class CreatedResource:
    """A resource that exists: its `Ref` value, and its `Fn::GetAtt` values by name (`*` for any other name)."""

    ref: str
    attributes: Mapping[str, str] = field(default_factory=dict)
