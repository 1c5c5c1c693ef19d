"""3 publish, for a report: former addresses that another post has, and a page that does not open the home page."""

from collections.abc import Iterator
from itertools import islice

from dropcap.aws import catalog_keys as keys
from dropcap.errors import Finding
from dropcap.site.post import Post
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.home_pages import opened_by

MAXIMUM_SHADOWED = 5
"""Most former addresses of one post in its warnings."""


def findings_on_addresses(context: PublishContext, post: Post) -> Iterator[Finding]:
    """Yield a warning for each former address of POST that another post has, and for a second home page."""
    yield from islice(_shadowed(context, post), MAXIMUM_SHADOWED)
    address, opens = (opened_by(context, post.key, post.live) if post.live else None) or ("", None)
    if opens and opens != post.key:
        message = f"The home page shows {opens}; this page is only at its own address."
        if address != "/":
            message = f"{address} shows {opens}; this page is only at its own address."
        yield Finding(message, "To show this one, remove the other or give it another `permalink`.")


def _shadowed(context: PublishContext, post: Post) -> Iterator[Finding]:
    for claim in post.owns:
        if not keys.is_claim(claim) or not claim[1].startswith(f"{keys.REDIRECT}#"):
            continue
        address = keys.address_of(claim)
        rank, owner = next(iter(context.tools.catalog.claims(address)), ("", post.key))
        if owner == post.key:
            continue
        if rank == keys.OWNER:
            message = f"The former address {address} belongs to {owner}; it does not lead to this post."
            yield Finding(message, "Remove it from `aliases`, or change the address of the other post.")
        else:
            message = f"The former address {address} leads to {owner}, which has or had it too; not to this post."
            yield Finding(message, "If it should lead here, remove it from the `aliases` of the other post.")
