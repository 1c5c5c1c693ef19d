"""A stack in an account, deployed by a substitute for the SAM CLI: what CloudFormation, SES, Lambda and CloudFront say.

The rules are those of AWS that a deployment depends on. A parameter without a new value keeps its former one. An
identity that SES has cannot be created, and one that the stack lets go stays in SES. A deployment that fails changes
nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3

from support.aws_answers import Answers, answering_session
from support.template import translated

Deploy = Callable[..., int]
"""`dropcap deploy` as a function of its options: with `elsewhere=True` there are no saved answers."""
SENDER = ("--sender", "news@example.org", "--postal-address", "1 Main Street")
MOMENT = datetime(2026, 3, 14, tzinfo=UTC)
NO_ECHO = ("OriginSecret", "OriginSecretsAccepted")
ROOT_STACK = {
    "SubscribeFunction": "AWS::Lambda::Function",
    **dict.fromkeys(("Cdn", "Email"), "AWS::CloudFormation::Stack"),
}
TEMPLATES: dict[str, dict[str, str]] = {
    "dropcap": ROOT_STACK,
    "Cdn-id": {"Distribution": "AWS::CloudFront::Distribution"},
    "Email-id": {"MailIdentity": "AWS::SES::EmailIdentity"},
}
"""The resources of the stack and of its nested stacks that a deployment looks at."""


@dataclass
class StackBySam:
    """One stack, `dropcap`. PARAMETERS are None before its first deployment, MAIL_DOMAINS those that SES has.

    FAILS names the SAM command that fails next, DIES says that the process ends after AWS has done its part, DECLINES
    that the person answers no to each change set, which is no failure for SAM. UPDATES counts the deployments.
    """

    parameters: dict[str, str] | None = None
    mail_domains: set[str] = field(default_factory=set)
    own_domain: str = ""
    released_domain: str = ""
    fails: str = ""
    dies: bool = False
    declines: bool = False
    updates: int = 0
    answers: Answers = field(default_factory=dict, repr=False)
    """The answers by call; AWS refuses a call that a test takes away."""
    session: boto3.session.Session = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Answer the calls of a deployment."""
        answers: dict[tuple[str, str], Any] = {
            ("cloudformation", "DescribeStacks"): self._described,
            ("cloudformation", "ListStackResources"): self._listed,
            ("cloudformation", "GetTemplate"): _template,
            ("sesv2", "GetEmailIdentity"): self._mail_identity,
            ("lambda", "GetFunctionConfiguration"): self._function,
            ("cloudfront", "GetDistributionConfig"): self._distribution,
        }
        self.answers |= answers
        self.session = answering_session(self.answers)

    @property
    def secrets(self) -> tuple[str, list[str]]:
        """Return the secret that CloudFront sends, and those that the API accepts."""
        assert self.parameters is not None
        return self.parameters["OriginSecret"], self.parameters["OriginSecretsAccepted"].split()

    def sam(self, command: Sequence[str], _profile: str | None) -> int:
        """Run COMMAND as the SAM CLI would; return its exit code."""
        fails, self.fails = self.fails == command[1], "" if self.fails == command[1] else self.fails
        if fails or self.declines or command[1] == "build":
            return int(fails)
        start = command.index("--parameter-overrides") + 1 if "--parameter-overrides" in command else len(command)
        overrides = {name: json.loads(value) for name, value in (item.split("=", 1) for item in command[start:])}
        code = self._update({**(self.parameters or _defaults()), **overrides})
        if self.dies:
            self.dies = False
            raise KeyboardInterrupt
        return code

    def _update(self, parameters: dict[str, str]) -> int:
        domain = parameters["MailFrom"].partition("@")[2] if parameters["MailIdentity"] == "create" else ""
        if domain and domain != self.own_domain and domain in self.mail_domains:
            return 1  # AWS::SES::EmailIdentity: already exists
        if self.parameters and self.parameters["MailFrom"] and parameters["MailFrom"]:
            self._check_that_no_request_is_refused(parameters)
        self.released_domain = self.own_domain if domain != self.own_domain else self.released_domain
        self.own_domain, self.parameters, self.updates = domain, parameters, self.updates + 1
        self.mail_domains |= {domain} - {""}
        return 0

    def _check_that_no_request_is_refused(self, after: Mapping[str, str]) -> None:
        """CloudFront and the API change in any order: each secret that is sent meanwhile must be accepted by both."""
        sent, accepted = self.secrets
        new, newly = after["OriginSecret"], after["OriginSecretsAccepted"].split()
        assert not newly or sent in newly, "the API refuses what CloudFront sends until it has changed"
        assert not accepted or new in accepted, "the API refuses what CloudFront sends before the API has changed"

    def _described(self, _request: Mapping[str, Any]) -> Mapping[str, Any] | str:
        if self.parameters is None:
            return "ValidationError"
        shown = {**self.parameters, **dict.fromkeys(NO_ECHO, "****")}
        listed = [{"ParameterKey": name, "ParameterValue": value} for name, value in shown.items()]
        outputs = [{"OutputKey": name, "OutputValue": name} for name in ("ContentBucket", "CdnDomain", "SiteUrl")]
        stack = {"StackName": "dropcap", "CreationTime": MOMENT, "StackStatus": "UPDATE_COMPLETE"}
        if self.updates > 1:
            stack["LastUpdatedTime"] = MOMENT + timedelta(hours=self.updates)
        return {"Stacks": [{**stack, "Parameters": listed, "Outputs": outputs}]}

    def _listed(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        assert self.parameters is not None
        summaries = []
        for name, kind in TEMPLATES[request["StackName"]].items():
            physical, status = f"{name}-id", "UPDATE_COMPLETE"
            if name in {"SubscribeFunction", "Email"} and not self.parameters["MailFrom"]:
                status = "DELETE_COMPLETE"
            if name == "MailIdentity":
                physical, status = self.own_domain or self.released_domain, "UPDATE_COMPLETE"
                status = status if self.own_domain else "DELETE_SKIPPED"
            summary = {"LogicalResourceId": name, "ResourceType": kind, "ResourceStatus": status}
            summaries.append({**summary, "PhysicalResourceId": physical, "LastUpdatedTimestamp": MOMENT})
        return {"StackResourceSummaries": summaries}

    def _mail_identity(self, request: Mapping[str, Any]) -> Mapping[str, Any] | str:
        return {} if request["EmailIdentity"] in self.mail_domains else "NotFoundException"

    def _function(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        assert "SubscribeFunction-id" == request["FunctionName"]
        assert self.parameters is not None
        return {"Environment": {"Variables": {"ORIGIN_SECRETS": self.parameters["OriginSecretsAccepted"]}}}

    def _distribution(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        assert "Distribution-id" == request["Id"]
        sent, _ = self.secrets
        headers = [{"HeaderName": "x-origin-secret", "HeaderValue": sent}] if sent else []
        origins = [
            {"Id": "site", "DomainName": "site.example"},
            {"Id": "api", "DomainName": "api.example", "CustomHeaders": {"Quantity": len(headers), "Items": headers}},
        ]
        behaviour = {"TargetOriginId": "site", "ViewerProtocolPolicy": "redirect-to-https"}
        config = {"CallerReference": "1", "Comment": "", "Enabled": True, "DefaultCacheBehavior": behaviour}
        return {"DistributionConfig": {**config, "Origins": {"Quantity": len(origins), "Items": origins}}}


def _template(request: Mapping[str, Any]) -> Mapping[str, Any]:
    declared = {name: {"Type": kind} for name, kind in TEMPLATES[request["StackName"]].items()}
    return {"TemplateBody": json.dumps({"Resources": declared})}


def _defaults() -> dict[str, str]:
    return {name: str(declared["Default"]) for name, declared in translated()["Parameters"].items()}
