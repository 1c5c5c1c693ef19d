"""One small function for each type of resource that the local cloud makes: from its properties to its names.

moto's own CloudFormation is not used: it consumes the queues of event source mappings itself and skips half of what
this application needs (infra/decisions/0002-local-deploy.md). Types without any local meaning are listed, and any other
type is an error: a template's resource is never dropped silently.

Buckets and tables are made through botocore, which the functions need for them anyway. All others are made in moto's
backends: botocore and moto would each read the models of five more services and make routes of them, for one call each,
which takes longer than the rest of the deployment (infra/decisions/0067-first-page.md).
"""

from collections.abc import Callable, Mapping
from typing import Final

from dropcap_local.clients import ACCOUNT
from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.resources import mail, messaging, serving, storage
from dropcap_local.resources.resource import CreatedResource, ResourceRequest

NO_LOCAL_MEANING: Final = frozenset(
    {
        "AWS::ApiGatewayV2::Stage",
        "AWS::CloudFront::CachePolicy",
        "AWS::CloudFront::OriginRequestPolicy",
        "AWS::CloudFront::Function",
        "AWS::CloudFront::OriginAccessControl",
        "AWS::CloudFront::ResponseHeadersPolicy",
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::Dashboard",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::Lambda::LayerVersion",
        "AWS::Lambda::Permission",
        "AWS::Logs::LogGroup",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
    }
)


def make(request: ResourceRequest) -> CreatedResource:
    """Create a resource in moto, or only name it if its type has no local meaning."""
    if request.type in NO_LOCAL_MEANING:
        return named(request)
    if request.type not in _MAKERS:
        raise TemplateError(
            f"{request.logical_id} is a {request.type}, which the local cloud cannot make: see {__name__}."
        )
    return _MAKERS[request.type](request)


def named(request: ResourceRequest) -> CreatedResource:
    """Return the names of a resource that is not created."""
    service, kind = request.type.lower().split("::")[1:]
    place = f"iam::{ACCOUNT}" if service == "iam" else f"{service}:{request.region}:{ACCOUNT}"
    return CreatedResource(request.name, {"Arn": f"arn:aws:{place}:{kind}/{request.name}", "*": request.name})


_MAKERS: Final[Mapping[str, Callable[[ResourceRequest], CreatedResource]]] = {
    "AWS::S3::Bucket": storage.bucket,
    "AWS::DynamoDB::Table": storage.table,
    "AWS::SQS::Queue": messaging.queue,
    "AWS::SNS::Topic": messaging.topic,
    "AWS::SNS::Subscription": messaging.subscription,
    "AWS::Scheduler::ScheduleGroup": messaging.schedule_group,
    "AWS::Scheduler::Schedule": messaging.schedule,
    "AWS::SES::ConfigurationSet": mail.configuration_set,
    "AWS::SES::ConfigurationSetEventDestination": mail.event_destination,
    "AWS::SES::EmailIdentity": mail.identity,
    "AWS::CloudFront::Distribution": serving.distribution,
    # The rest is not in moto: the event loop and the local edge read it from the DeployedStack.
    "AWS::Lambda::Function": serving.function,
    "AWS::Lambda::EventSourceMapping": named,
    "AWS::ApiGatewayV2::Api": serving.api,
    "AWS::ApiGatewayV2::Integration": named,
    "AWS::ApiGatewayV2::Route": named,
}
