"""Requests find the same answers as in moto, without looking for the way each time."""

from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends

from dropcap_local.clients import ACCOUNT, REGION
from dropcap_local.moto_patches.dispatch_cache import ways_remembered
from support.bare_aws import bare_aws


def test_the_addresses_are_motos_own() -> None:
    """For a service whose module moto loads again for each request, and for another."""
    with bare_aws():
        backends = [s3_backends[ACCOUNT]["aws"], dynamodb_backends[ACCOUNT][REGION]]
        expected = [list(backend.urls) for backend in backends]
        with ways_remembered():
            assert expected == [list(backend.urls) for backend in backends]
            assert backends[0].urls is backends[0].urls


def test_calls_are_answered() -> None:
    """Twice, so that the second one takes the remembered way."""
    with bare_aws() as clients, ways_remembered():
        for _ in range(2):
            assert [] == clients.client("s3").list_buckets()["Buckets"]
            assert [] == clients.client("dynamodb").list_tables()["TableNames"]
