"""CloudFront: stores an invalidation, for which moto would first make routes of all its 164 addresses."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from dropcap_local.in_process_calls.call import InProcessCall

OPERATIONS = frozenset({"CreateInvalidation"})


def ask_distribution(call: InProcessCall) -> Mapping[str, Any]:
    """Return the answer, or raise what moto raises; KeyError without paths."""
    batch = call.parameters["InvalidationBatch"]
    stored = call.backend.create_invalidation(
        call.parameters["DistributionId"], list(batch["Paths"]["Items"]), batch["CallerReference"]
    )
    invalidation = {
        "Id": stored.id,
        "Status": stored.status,
        "CreateTime": stored.create_time.replace(tzinfo=UTC),
        "InvalidationBatch": {**stored.invalidation_batch, "Paths": dict(batch["Paths"])},
    }
    return {"Location": stored.location, "Invalidation": invalidation}
