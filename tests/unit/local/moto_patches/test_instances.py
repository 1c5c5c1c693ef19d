"""Objects that moto no longer stores are freed."""

import gc
from weakref import ref

from moto.s3.models import FakeKey, s3_backends
from moto.sqs.models import Message

from dropcap_local.clients import ACCOUNT, REGION
from dropcap_local.moto_patches.instances import freed_instances
from support.bare_aws import bare_aws


def test_an_overwritten_object_is_freed() -> None:
    """Without the patch, a list of all objects keeps it."""
    with bare_aws() as clients, freed_instances():
        s3 = clients.client("s3")
        s3.create_bucket(Bucket="site", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket="site", Key="a", Body=b"one")
        first = ref(s3_backends[ACCOUNT]["aws"].buckets["site"].keys["a"])
        s3.put_object(Bucket="site", Key="a", Body=b"two")
        gc.collect()
        assert first() is None
        assert s3.get_object(Bucket="site", Key="a")["Body"].read() == b"two"


def test_lists_of_instances_are_as_before_outside() -> None:
    """Later users of moto in the process find it as it is."""
    with bare_aws(), freed_instances():
        pass
    message = Message("1", "body")
    assert message in Message.instances_tracked  # type: ignore[attr-defined]  # set by moto's metaclass
    assert FakeKey.__del__ is not FakeKey.dispose
