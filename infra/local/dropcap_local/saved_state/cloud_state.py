"""The state of a local cloud that has nothing to do, as plain values, and a new cloud with that state."""

import gc
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.scheduler.models import scheduler_backends
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

from dropcap_local.clients import ACCOUNT, REGION
from dropcap_local.cloud import LocalCloud
from dropcap_local.garbage import collections_off
from dropcap_local.saved_state import events
from dropcap_local.saved_state.items import put_items, tables_of
from dropcap_local.saved_state.messages import put_messages, queues_of
from dropcap_local.saved_state.objects import objects_of, put_objects
from dropcap_local.saved_state.saved_distribution import plain_distribution

State = dict[str, Any]


def state_of(cloud: LocalCloud) -> tuple[State, State]:
    """Return the state of CLOUD between two steps of its event loop: the site as readers see it, and the rest."""
    loop = cloud.event_loop
    shards = events.shards_of(loop)
    buckets = objects_of(s3_backends[ACCOUNT]["aws"])
    distribution = cloud.stack.distribution
    site = {
        "distribution": plain_distribution(distribution) if distribution else None,
        "routes": sorted({route.path for route in cloud.stack.routes}),
        "bucket": cloud.id("SiteBucket"),
        "objects": buckets.pop(cloud.id("SiteBucket")),
    }
    rest = {
        "buckets": buckets,
        "tables": tables_of(dynamodb_backends[ACCOUNT][REGION]),
        "queues": queues_of(sqs_backends[ACCOUNT][REGION]),
        "shards": shards,
        "schedules": events.schedules_of(scheduler_backends[ACCOUNT][REGION]),
        "fired": sorted(loop.schedules.fired),
        "mails": events.mails_of(ses_backends[ACCOUNT][REGION]),
        "sent_at": cloud.account.sent_at,
        "requests": cloud.functions.requests,
        "random": events.random_state(),
    }
    return site, rest


def put_state(cloud: LocalCloud, site: State, rest: State) -> None:
    """Put the state SITE and REST into CLOUD, which was just deployed."""
    with collections_off():
        _put(cloud, site, rest)
    gc.freeze()  # a collection need not walk through it again


def _put(cloud: LocalCloud, site: State, rest: State) -> None:
    loop = cloud.event_loop
    put_objects(s3_backends[ACCOUNT]["aws"], {site["bucket"]: site["objects"], **rest["buckets"]})
    put_items(dynamodb_backends[ACCOUNT][REGION], rest["tables"])
    put_messages(sqs_backends[ACCOUNT][REGION], rest["queues"])
    events.put_records(loop, rest["shards"])
    events.put_schedules(scheduler_backends[ACCOUNT][REGION], rest["schedules"])
    loop.schedules.fired.update(tuple(key) for key in rest["fired"])
    events.put_mails(ses_backends[ACCOUNT][REGION], rest["mails"])
    cloud.account.sent_at.extend(rest["sent_at"])
    cloud.functions.requests = rest["requests"]
    events.set_random_state(rest["random"])
