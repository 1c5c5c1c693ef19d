"""The newsletter's tables, queues and mail of a stack, for the commands that work with them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from dropcap.aws.buckets import Artifacts
from dropcap.aws.catalog import Catalog
from dropcap.aws.ledger import Ledger
from dropcap.aws.letters import Letters
from dropcap.aws.mail import ONE_ATTEMPT, Mail
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import Queue
from dropcap.aws.subscriber_records import SubscriberRecords
from dropcap.aws.subscribers import Subscribers
from dropcap.aws.table import Table
from dropcap.newsletter.account import DeliveryCounts
from dropcap.newsletter.issue import Issue
from dropcap.newsletter.letter import Letter
from dropcap.newsletter.news import issue_of
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.issue_notes import update_mail_note
from dropcap.steps.newsletter.report_issue import account_of
from dropcap.steps.newsletter.send_pages import PageTools
from dropcap.steps.newsletter.write_letter import MailLayout, issue_letter
from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_cli.ses_suppression_list import SesSuppressionList
from dropcap_local.deploy.deployment import LOCAL_PARAMETERS, STACK
from dropcap_local.project import PROJECT
from dropcap_local.usage_error import UsageError

TEMPLATES = PROJECT / "templates"


@dataclass(frozen=True, slots=True)
class NewsletterTools:
    """The collaborators of the newsletter's commands, connected to STACK."""

    stack: RemoteStack

    def _id(self, name: str) -> str:
        if name not in self.stack.ids:
            raise UsageError(f"The stack has no {name}: it was deployed without a newsletter.")
        return self.stack.ids[name]

    @property
    def catalog(self) -> Catalog:
        """The Catalog."""
        return self._catalog(self.stack.site or "")

    def _catalog(self, site_url: str) -> Catalog:
        """Return the Catalog of a site whose `site.yaml` may name no URL: then it is at SITE_URL."""
        return Catalog(Table(self.stack.client("dynamodb"), self._id("CatalogTable")), site_url)

    @property
    def newsletter(self) -> Newsletter:
        """The newsletter's table."""
        return Newsletter(self.stack.client("dynamodb"), self._id("NewsletterTable"), lambda: token_hex(16))

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        tables = self._id("NewsletterTable"), self._id("SubscribersTable")
        return Ledger(self.stack.client("dynamodb"), *tables)

    @property
    def sums(self) -> PageSums:
        """The sums of pages."""
        return PageSums(self.stack.client("dynamodb"), self._id("NewsletterTable"))

    @property
    def subscribers(self) -> Subscribers:
        """The subscribers."""
        return Subscribers(self.stack.client("dynamodb"), self._id("SubscribersTable"))

    @property
    def records(self) -> SubscriberRecords:
        """The subscribers' records."""
        tables = self._id("SubscribersTable"), self._id("NewsletterTable")
        return SubscriberRecords(self.stack.client("dynamodb"), *tables)

    @property
    def queue(self) -> Queue:
        """The queue of issues."""
        return Queue(self.stack.client("sqs"), self._id("IssueQueue"))

    @property
    def pages(self) -> PageTools:
        """The collaborators of resuming an issue."""
        deliveries = Queue(self.stack.client("sqs"), self._id("DeliveryQueue"))
        return PageTools(self.catalog, self.newsletter, self.ledger, self.sums, deliveries)

    def issue(self, name: str) -> Issue | None:
        """Return the issue NAME, or that of the source NAME."""
        return self.newsletter.issue(name) or self.newsletter.issue(issue_of(name.removeprefix("content/")))

    def objection(self, issue: Issue) -> str:
        """Return why ISSUE cannot be released although its state allows it: its post is gone, and was not renamed."""
        if self.catalog.news(issue.key) or self.catalog.successor(issue.key):
            return ""
        return f"{issue.key} is not published: publish it first."

    def account(self, issue: Issue) -> DeliveryCounts:
        """Return the account of ISSUE."""
        return account_of(self.newsletter, self.ledger, self.sums, issue)

    def noted(self, issue: Issue | None) -> Issue | None:
        """Write the account of ISSUE, which was stopped or cancelled, into the note for its report, and return it."""
        if issue:
            update_mail_note(self.catalog, issue, self.account(issue))
        return issue

    def letter(self, issue: Issue) -> Letter:
        """Return the letter of ISSUE: the frozen one, or the one that its post would make now."""
        s3, bucket = self.stack.client("s3"), self.stack.ids["ArtifactBucket"]
        if issue.letter:
            return Letters(s3, bucket).get(issue.letter)
        item = self.catalog.news(issue.key)
        if item is None:
            raise UsageError(f"{issue.key} is not published, so its newsletter cannot be shown. Publish it first.")
        environment = self._environment("AnnounceFunction")
        layout = MailLayout(Theme(TEMPLATES), environment["MAIL_FROM"], environment["POSTAL_ADDRESS"])
        body = Artifacts(s3, bucket, "bodies/").get(item.digest)
        site = self._catalog(self.stack.site or environment["DEFAULT_SITE_URL"]).site()
        return issue_letter(layout, site, item, body, datetime.now(UTC))

    @property
    def ses_list(self) -> SesSuppressionList:
        """The suppression list that SES keeps for the account."""
        return SesSuppressionList(self.stack.client("sesv2"))

    @property
    def mail(self) -> Mail:
        """The client of SES, with the stack's configuration set."""
        session: Any = self.stack.session
        client = session.client("sesv2", endpoint_url=self.stack.endpoint, config=ONE_ATTEMPT)
        environment = self._environment("DeliverFunction")
        return Mail(client, environment["MAIL_CONFIGURATION_SET"], environment["MAIL_FROM"])

    def _environment(self, function: str) -> dict[str, str]:
        """Return the environment of FUNCTION; a local cloud has no functions to look up, but fixed parameters."""
        if self.stack.endpoint:
            local = {"MAIL_FROM": LOCAL_PARAMETERS["MailFrom"], "POSTAL_ADDRESS": LOCAL_PARAMETERS["PostalAddress"]}
            return {**local, "MAIL_CONFIGURATION_SET": f"{STACK}-ses"}
        name = self._id(function)
        with reporting_refusals(f"read the settings of {name}"):
            answer = self.stack.client("lambda").get_function_configuration(FunctionName=name)
        variables: dict[str, str] = answer["Environment"]["Variables"]
        return variables
