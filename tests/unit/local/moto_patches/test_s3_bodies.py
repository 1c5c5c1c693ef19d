"""moto reads the bodies of S3's objects from a file as from memory."""

import tempfile

from hypothesis import given
from hypothesis import strategies as st
from moto.s3 import models
from moto.s3.models import s3_backends

from dropcap_local.clients import ACCOUNT, REGION
from dropcap_local.moto_patches.s3_bodies import SMALL, StoredBody, bodies_in_a_file
from support.bare_aws import bare_aws

LARGE = bytes(range(256)) * 8
"""A body that is not kept in memory."""

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("seek"), st.just(0)),
        st.tuples(st.just("write"), st.sampled_from([b"", b"short", LARGE, LARGE[:SMALL], LARGE[: SMALL - 1]])),
        st.tuples(st.just("read"), st.integers(-1, 4 * SMALL)),
    ),
    max_size=8,
)


def test_versions_and_copies_are_read_as_they_were_written() -> None:
    """Also those of which moto made no file before: parts of an upload, and copies."""
    with bare_aws() as clients, bodies_in_a_file():
        s3 = clients.client("s3")
        s3.create_bucket(Bucket="site", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket="site", VersioningConfiguration={"Status": "Enabled"})
        first = s3.put_object(Bucket="site", Key="a", Body=LARGE)["VersionId"]
        s3.put_object(Bucket="site", Key="a", Body=b"short")
        s3.copy_object(Bucket="site", Key="b", CopySource={"Bucket": "site", "Key": "a", "VersionId": first})
        assert s3.get_object(Bucket="site", Key="a")["Body"].read() == b"short"
        assert s3.get_object(Bucket="site", Key="a", VersionId=first)["Body"].read() == LARGE
        assert s3.get_object(Bucket="site", Key="b", Range="bytes=3-5")["Body"].read() == LARGE[3:6]
        stored = vars(s3_backends[ACCOUNT]["aws"].buckets["site"].keys["b"])["_value_buffer"]
        assert isinstance(stored, StoredBody)


@given(STEPS)
def test_a_body_is_read_as_from_a_file_in_memory(steps: list[tuple[str, int | bytes]]) -> None:
    """The methods that moto calls, in any order; it writes only at the beginning, after `truncate`, or at the end."""
    with tempfile.SpooledTemporaryFile() as usual:
        ours = StoredBody()
        for name, argument in steps:
            if name == "write":
                assert ours.truncate() == usual.truncate()
            assert getattr(ours, name)(argument) == getattr(usual, name)(argument)


def test_moto_has_its_own_files_outside() -> None:
    """Later users of moto in the process find it as it is."""
    with bodies_in_a_file():
        pass
    assert models.tempfile is tempfile  # type: ignore[attr-defined]  # imported there
