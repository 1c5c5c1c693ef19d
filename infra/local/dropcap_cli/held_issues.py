"""Release issues that a build holds because many posts appear within an hour: in a build, that is normal."""

from dropcap.newsletter.issue import Issue
from dropcap.newsletter.news import similarity_keys
from dropcap.newsletter_settings import AnnounceSettings
from dropcap.steps.newsletter.decide_issue import release_issue
from dropcap.steps.newsletter.open_issue import OpenTools
from dropcap.wiring import announce as wiring
from dropcap_local.cloud import LocalCloud


def release_held_issues(cloud: LocalCloud, environment: dict[str, str]) -> None:
    """Release the held issues of CLOUD except those that are like another one. ENVIRONMENT overrides the functions'."""
    settings = AnnounceSettings.from_environment(
        {**cloud.stack.functions["AnnounceFunction"].environment, **environment}
    )
    tools = wiring.open_tools(settings)
    for issue in tools.newsletter.held_issues():
        if _is_unlike_any(tools, issue):
            release_issue(tools, issue.issue, now=cloud.clock.now())


def _is_unlike_any(tools: OpenTools, issue: Issue) -> bool:
    """Return whether no other issue has the text, id, or title and date of ISSUE."""
    item = tools.catalog.news(issue.key)
    precedents = tools.newsletter.precedents(issue.issue, similarity_keys(item) if item else {})
    return set(precedents.alike.values()) <= {issue.issue}
