"""A history: an author's acts, a local cloud with fault injection, and a reader who looks after every call."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from dropcap.aws import catalog_keys as keys
from dropcap.contracts import CONTENT, Cause, UploadSeen
from dropcap.site.settings.model import SITE_KEY
from dropcap_local.cloud import LocalCloud
from support.authors import Act, Author, Delete, NewSettings, Rename, TimePasses, Upload
from support.edge_staleness import WRITES
from support.readers import differences, honest, look, rests

SECOND = 1.0
"""Between two acts of an author: S3 tells versions apart by the second."""
AN_HOUR = 3600.0
SOON = 1800.0
"""Seconds: publishing everything afresh takes less, and must not publish posts that were not due here."""


class History:
    """Runs acts through CLOUD, and checks the site after each call that could change it."""

    def __init__(self, cloud: LocalCloud) -> None:
        self.cloud = cloud
        self.author = Author()
        self.marks: dict[str, str] = {}
        cloud.on_call.append(self.look_after)

    def run(self, acts: Sequence[tuple[Any, int]]) -> None:
        """Do each act that `do` knows, run its number of pipeline steps, and then run the pipeline until stable."""
        for act, steps in acts:
            self.do(act)
            for _ in range(steps):
                self.cloud.step()
        self.comes_to_rest()

    def comes_to_rest(self) -> None:
        """Run the pipeline until stable, past every post that appears or expires within minutes."""
        self.cloud.settle()
        schedules = self.cloud.event_loop.schedules
        while (alarm := schedules.next_alarm()) and alarm - self.cloud.clock.now().timestamp() < SOON:
            self.cloud.clock.leap(alarm + SECOND)
            self.cloud.settle()
        rests(self.cloud.site())

    def do(self, act: Act) -> None:
        """Do one act, a second after the last one."""
        self.cloud.clock.advance(SECOND)
        match act:
            case Upload():
                self.saves(act.key, *self.author.source(act))
            case Delete():
                self.removes(act.key)
            case Rename():
                self.renames(act)
            case TimePasses():
                if act.hours > 1:  # the stream keeps its records for a day; Lambda is never so late
                    self.cloud.settle(timedelta(minutes=10))
                self.cloud.clock.advance(act.hours * AN_HOUR)
            case NewSettings():
                self.cloud.upload(SITE_KEY, act.source)

    def saves(self, key: str, source: str, mark: str) -> None:
        """Upload SOURCE, with MARK in it, as the newest version of KEY."""
        self.cloud.upload(key, source)
        self.marks[self.etag(key)] = mark

    def removes(self, key: str) -> None:
        """Remove the source KEY, which need not exist."""
        self.author.there.pop(key, None)
        self.cloud.delete(key)

    def renames(self, act: Rename) -> None:
        """Rename a file: upload the copy and delete the original, in either order."""
        if act.key == act.to or act.key not in self.author.there:
            return
        source, mark = self.author.there[act.key]
        self.author.there[act.to] = source, mark
        halves: list[Callable[[], None]] = [
            lambda: self.removes(act.key),
            lambda: self.saves(act.to, source, mark),
        ]
        for half in halves if act.deleted_first else halves[::-1]:
            half()
            self.cloud.clock.advance(SECOND)

    def etag(self, key: str) -> str:
        """Return the ETag of the current version of source KEY."""
        head = self.cloud.client("s3").head_object(Bucket=self.cloud.id("ContentBucket"), Key=CONTENT + key)
        return str(head["ETag"]).strip('"')

    def look_after(self, service: str, operation: str, params: Mapping[str, Any], phase: str) -> None:
        """Check the site as a reader and the reports as an author after each call that writes an object."""
        if phase != "after" or (service, operation) not in WRITES:
            return
        if params["Bucket"] == self.cloud.id("SiteBucket"):
            look(self.cloud.site(), self.author.secrets(self.cloud.clock.now()))
        elif params["Key"].startswith("reports/") and params["Key"].endswith(".json"):
            report = self.cloud.report(params["Key"].removeprefix("reports/").removesuffix(".json"))
            self.trust(report or {})

    def trust(self, report: Mapping[str, Any]) -> None:
        """Check a REPORT against the site, if it is about the version that the Catalog knows."""
        if not report:
            return
        table = self.cloud.client("dynamodb")
        post = _item(table, self.cloud.id("CatalogTable"), keys.post_key(report["key"]))
        if post and post["etag"]["S"] == report["etag"] and post["live"].get("M"):
            path = post["live"]["M"]["path"]["S"]
            claims = table.query(
                TableName=self.cloud.id("CatalogTable"),
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": keys.claims_of(path)}},
                Limit=1,
            )["Items"]
            owner = claims[0]["source"]["S"] if claims else None
            honest(self.cloud.site(), report, self.marks.get(report["etag"]), owner)


def afresh(cloud: LocalCloud, environment: Mapping[str, str] | None = None, without: tuple[str, ...] = ()) -> list[str]:
    """Publish the bucket of CLOUD, its versions and journals, into an empty stack; return what differs.

    The functions of that stack have ENVIRONMENT. Objects whose keys begin with one of those in WITHOUT are left out.
    Leaves CLOUD behind: the empty stack takes its place in the process.
    """
    here, now = cloud.site(), cloud.clock.now()
    versions, journals = _versions(cloud), _journals(cloud)
    cloud.close()
    with LocalCloud(now=now, environment=environment) as empty:
        bucket = empty.id("ContentBucket")
        for name, journal in journals.items():
            empty.client("s3").put_object(Bucket=bucket, Key=name, Body=journal)
        for key, body in versions:
            if body is None:
                empty.delete(key)
            else:
                empty.upload(key, body)
            empty.clock.advance(SECOND)
        for name in journals:
            key = name.removeprefix("history/").removesuffix(".json")
            upload = UploadSeen(key, Cause(key, "", now.isoformat()))
            empty.client("sqs").send_message(QueueUrl=empty.id("UploadQueue"), MessageBody=upload.to_json())
        empty.settle()
        return differences(
            *(
                {key: entry for key, entry in site.items() if not key.startswith(without)}
                for site in (here, empty.site())
            )
        )


def _versions(cloud: LocalCloud) -> list[tuple[str, bytes | None]]:
    """Return every version of every source, oldest first; None for a deletion."""
    s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
    listed = s3.list_object_versions(Bucket=bucket, Prefix=CONTENT)
    versions: list[tuple[Any, str, str | None]] = [
        (item["LastModified"], item["Key"], item["VersionId"]) for item in listed.get("Versions", [])
    ]
    versions += [(item["LastModified"], item["Key"], None) for item in listed.get("DeleteMarkers", [])]
    versions.sort(key=lambda item: (item[0], item[1]))
    return [
        (
            name.removeprefix(CONTENT),
            s3.get_object(Bucket=bucket, Key=name, VersionId=version)["Body"].read() if version else None,
        )
        for _, name, version in versions
    ]


def _journals(cloud: LocalCloud) -> dict[str, bytes]:
    s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
    names = [item["Key"] for item in s3.list_objects_v2(Bucket=bucket, Prefix="history/").get("Contents", [])]
    return {name: s3.get_object(Bucket=bucket, Key=name)["Body"].read() for name in names}


def _item(table: Any, name: str, key: tuple[str, str]) -> dict[str, Any] | None:  # noqa: ANN401  # a boto3 client
    answer = table.get_item(TableName=name, Key={"pk": {"S": key[0]}, "sk": {"S": key[1]}}, ConsistentRead=True)
    item: dict[str, Any] | None = answer.get("Item")
    return item
