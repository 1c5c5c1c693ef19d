"""Queues, and what waits in them: nothing is lost, nothing loops, and somebody is told."""

from typing import Any

import pytest

from dropcap.clients import COPYING, PATIENT
from dropcap.message_batch import TRIES
from dropcap.steps.make_media import MAXIMUM_FILE
from support.template import environment_of, nested, redrive_of, resources, sources_of, the_name_in, translated

FUNCTIONS = sorted(resources("Lambda::Function"))
QUEUES = resources("SQS::Queue")
DEAD_LETTERS = sorted(name for name in QUEUES if name.endswith("DeadLetters"))
LIVE = sorted(set(QUEUES) - set(DEAD_LETTERS))
NEXT = {
    "UploadQueue": "UnreportedDeadLetters",
    "PictureQueue": "UnreportedDeadLetters",
    "ViewQueue": "UnmadeDeadLetters",
    "IssueQueue": "UnsentDeadLetters",
}
"""Where a message goes whose failure could not be reported to its author."""
SHARED = {"ConfirmationQueue": "DeliveryDeadLetters"}
"""Its function handles the messages of both queues from either."""
FOURTEEN_DAYS = 14 * 24 * 3600
DEFAULT_TIMEOUT = 3
COPIERS = {"ImagesFunction", "PublishFunction"}
"""They let S3 copy files."""
MAPPINGS = [(function, mapping) for function in FUNCTIONS for mapping in sources_of(function)]
POLLED = [
    (the_name_in(mapping["EventSourceArn"]), function, mapping)
    for function, mapping in MAPPINGS
    if the_name_in(mapping["EventSourceArn"]) in QUEUES
]
CONSUMED = sorted({queue for queue, _, _ in POLLED})


@pytest.mark.parametrize("queue", sorted({*LIVE, *CONSUMED}))
def test_what_keeps_failing_leaves_the_queue(queue: str) -> None:
    """Every queue gives up a message after ten tries, and after three reports where an author waits."""
    redrive = redrive_of(queue)
    assert redrive is not None
    assert {**NEXT, **SHARED}.get(queue, queue.replace("Queue", "DeadLetters")) == redrive[0]
    assert TRIES + (3 if queue in NEXT else 0) == redrive[1]
    assert bool(QUEUES[queue].get("FifoQueue")) == bool(QUEUES[redrive[0]].get("FifoQueue"))


@pytest.mark.parametrize("queue", DEAD_LETTERS)
def test_dead_letters_are_kept_for_as_long_as_sqs_can(queue: str) -> None:
    """Dead letters are kept for two weeks."""
    assert FOURTEEN_DAYS == QUEUES[queue]["MessageRetentionPeriod"]


@pytest.mark.parametrize("queue", DEAD_LETTERS)
def test_dead_letters_raise_an_alarm(queue: str) -> None:
    """Every dead-letter queue has an alarm that fires at its first message, and an action."""
    alarms = [
        alarm
        for alarm in resources("CloudWatch::Alarm", nested("observability")).values()
        if {"Name": "QueueName", "Value": {"Ref": queue}} in alarm.get("Dimensions", ())
    ]
    assert ["ApproximateNumberOfMessagesVisible"] == [alarm["MetricName"] for alarm in alarms]
    assert (0, "GreaterThanThreshold") == (alarms[0]["Threshold"], alarms[0]["ComparisonOperator"])
    assert ["AlarmTopic"] == [the_name_in(action) for action in alarms[0]["AlarmActions"]]
    handed = resources("CloudFormation::Stack")["Observability"]["Parameters"][queue]
    assert {"Fn::GetAtt": [queue, "QueueName"]} == handed


@pytest.mark.parametrize(("queue", "function", "mapping"), POLLED)
def test_a_message_stays_hidden_until_its_function_must_have_ended(
    queue: str, function: str, mapping: dict[str, int]
) -> None:
    """The visibility timeout is six times the function's, plus the batching window, as Lambda's documentation asks."""
    timeout = resources("Lambda::Function")[function].get("Timeout", DEFAULT_TIMEOUT)
    assert QUEUES[queue]["VisibilityTimeout"] >= 6 * timeout + mapping.get("MaximumBatchingWindowInSeconds", 0)


@pytest.mark.parametrize(("function", "mapping"), MAPPINGS)
def test_one_bad_message_does_not_bring_its_batch_back(function: str, mapping: dict[str, object]) -> None:
    """Every function answers for each message of a batch on its own."""
    assert ["ReportBatchItemFailures"] == mapping["FunctionResponseTypes"], function


def test_uploads_are_handed_out_one_by_one() -> None:
    """A file that takes the function down takes no other file with it."""
    assert [1] == [mapping["BatchSize"] for mapping in sources_of("RenderFunction")]
    assert [1] == [mapping["BatchSize"] for mapping in sources_of("ImagesFunction")]


def test_a_view_has_one_writer() -> None:
    """Views wait in a FIFO queue by group, without a batching window, in batches as small as such queues want them."""
    (mapping,) = [
        source for source in sources_of("PublishFunction") if "ViewQueue" == the_name_in(source["EventSourceArn"])
    ]
    assert ("messageGroup", "perMessageGroupId") == (
        QUEUES["ViewQueue"]["DeduplicationScope"],
        QUEUES["ViewQueue"]["FifoThroughputLimit"],
    )
    assert "MaximumBatchingWindowInSeconds" not in mapping
    assert mapping["BatchSize"] <= 10


def test_changes_are_read_whole_and_from_the_beginning() -> None:
    """The stream carries old and new images, none is skipped after a deployment, and what is given up is named."""
    (mapping,) = [
        source for source in sources_of("IndexFunction") if "CatalogTable" == the_name_in(source["EventSourceArn"])
    ]
    stream = resources("DynamoDB::Table")["CatalogTable"]["StreamSpecification"]
    assert ("NEW_AND_OLD_IMAGES", "TRIM_HORIZON") == (stream["StreamViewType"], mapping["StartingPosition"])
    assert "IndexDeadLetters" == the_name_in(mapping["DestinationConfig"]["OnFailure"]["Destination"])
    assert mapping["MaximumRetryAttempts"] > 0


def test_only_sources_send_uploads() -> None:
    """Journals and reports lie in the same bucket, and must not send for themselves."""
    notifications = resources("S3::Bucket")["ContentBucket"]["NotificationConfiguration"]["QueueConfigurations"]
    prefix = {"S3Key": {"Rules": [{"Name": "prefix", "Value": "content/"}]}}
    assert [prefix, prefix] == [notice["Filter"] for notice in notifications]
    assert {"s3:ObjectCreated:*", "s3:ObjectRemoved:*"} == {notice["Event"] for notice in notifications}
    assert {"UploadQueue"} == {the_name_in(notice["Queue"]) for notice in notifications}


def test_no_dead_letter_queue_is_polled() -> None:
    """Each event source mapping costs a quarter of a dollar a month, and dead letters are rare."""
    assert set() == {queue for queue, _, _ in POLLED} & set(DEAD_LETTERS)


def test_functions_that_distinguish_their_sources_know_them() -> None:
    """An ARN in a function's environment is that of a queue which it consumes."""
    for function in FUNCTIONS:
        named = {
            the_name_in(arn)
            for name, arn in environment_of(function).items()
            if name.endswith(("QUEUE_ARN", "LETTERS_ARN"))
        }
        consumed = {queue for queue, consumer, _ in POLLED if consumer == function}
        assert set() == named - consumed, function


def test_a_batch_of_the_stream_that_kills_the_function_is_halved() -> None:
    """One record that takes too long costs its neighbours nothing."""
    (mapping,) = [
        source for source in sources_of("IndexFunction") if "CatalogTable" == the_name_in(source["EventSourceArn"])
    ]
    assert mapping["BisectBatchOnFunctionError"] is True


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_hanging_call_ends_before_its_function(function: str) -> None:
    """All attempts of one call to AWS fit into the function's timeout, so that the failure is reported and retried."""
    timeout = resources("Lambda::Function")[function].get("Timeout", DEFAULT_TIMEOUT)
    configs: list[Any] = [PATIENT, COPYING] if function in COPIERS else [PATIENT]  # with options set at run time
    for config in configs:
        attempt = config.connect_timeout + config.read_timeout
        assert attempt * config.retries["total_max_attempts"] < timeout


def test_the_largest_file_is_copied_in_time() -> None:
    """S3 copies 250 MB in about three seconds, and sends nothing before; a slow day may take twice as long."""
    config: Any = COPYING  # as above
    seconds = MAXIMUM_FILE / 250_000_000 * 3
    assert 2 * seconds < config.read_timeout


def invoked_by(function: str) -> set[str]:
    """Return the functions that consume the queues whose URLs FUNCTION is given."""
    known = {the_name_in(url) for name, url in environment_of(function).items() if name.endswith("_QUEUE_URL")}
    return {consumer for queue, consumer, _ in POLLED if queue in known}


def all_invoked_by(function: str) -> set[str]:
    """Return the functions that messages of FUNCTION reach, and the messages that those send in turn."""
    reached: set[str] = set()
    waiting = {function}
    while waiting:
        waiting = set().union(*map(invoked_by, waiting)) - reached
        reached |= waiting
    return reached


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_chain_of_messages_is_not_stopped(function: str) -> None:
    """A walk, a newsletter and a mail that waits send themselves on; Lambda would stop the seventeenth message.

    A function that no chain leads back to keeps this protection.
    """
    allows = resources("Lambda::Function")[function].get("RecursiveLoop", "Terminate")
    assert ("Allow" if function in all_invoked_by(function) else "Terminate") == allows


def test_few_functions_run_at_once_until_the_operator_raises_the_limit() -> None:
    """A new account may run ten: mappings begin at two, render and publish at the parameter's three."""
    default = translated()["Parameters"]["Concurrency"]["Default"]
    limits = [mapping["ScalingConfig"]["MaximumConcurrency"] for _, _, mapping in POLLED]
    assert 3 == default
    assert [2] * (len(limits) - 3) == [limit for limit in limits if isinstance(limit, int)]


def test_an_import_stays_below_the_invalidations_that_cloudfront_runs_at_once() -> None:
    """CloudFront runs 15 wildcard invalidations at a time, each for about a minute; refresh gathers before it asks."""
    (mapping,) = sources_of("RefreshFunction")
    a_minute = 60 / mapping["MaximumBatchingWindowInSeconds"] * mapping["ScalingConfig"]["MaximumConcurrency"]
    assert a_minute < 15
    assert mapping["BatchSize"] >= 1_000
