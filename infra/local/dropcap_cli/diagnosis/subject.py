"""The object of an examination: an account, a stack that may not exist yet, and its parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.diagnosis.dns import Lookup
from dropcap_cli.remote.stack_resources import StackResource, resources_of


@dataclass(frozen=True)
class Subject:
    """The stack NAME in ACCOUNT, as CloudFormation describes it, None before its first deployment.

    ANSWERS are the saved parameters of the next deployment. LOOK_UP finds DNS records.
    """

    account: AwsAccount
    name: str
    description: Mapping[str, Any] | None
    answers: Mapping[str, str]
    look_up: Lookup

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """Return the stack's parameters, before the first deployment those that were answered."""
        if self.description is None:
            return self.answers
        return {entry["ParameterKey"]: entry["ParameterValue"] for entry in self.description.get("Parameters", ())}

    @cached_property
    def outputs(self) -> Mapping[str, str]:
        """Return the stack's outputs; none before its first deployment."""
        outputs = self.description.get("Outputs", ()) if self.description else ()
        return {entry["OutputKey"]: entry["OutputValue"] for entry in outputs}

    @cached_property
    def resources(self) -> Sequence[StackResource]:
        """Return the stack's resources, those of nested stacks included; none before its first deployment."""
        return resources_of(self.account.client("cloudformation"), self.name) if self.description else ()

    @property
    def mail_domain(self) -> str:
        """Return the domain of the newsletter's sender; empty without a newsletter."""
        return self.parameters.get("MailFrom", "").partition("@")[2]

    def names_of(self, kind: str) -> dict[str, str]:
        """Return the names of the resources of this KIND by their logical ids."""
        return {resource.logical_id: resource.name for resource in self.resources if resource.kind == kind}
