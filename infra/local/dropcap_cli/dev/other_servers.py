"""The servers next to the site: mailbox, S3 endpoint and desk. They start after the first page, which needs none."""

from contextlib import ExitStack
from functools import partial

from werkzeug.wrappers import Request

from dropcap.aws.catalog import Catalog
from dropcap.aws.table import Table
from dropcap_cli.desk.app import Desk
from dropcap_cli.desk.reading import DeskReader
from dropcap_cli.dev.addresses import Addresses
from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.site_server import SiteServer
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.server.aws import AwsEndpoint, QuietMoto
from dropcap_local.server.mailbox import Mailbox, MailboxContent
from dropcap_local.server.serving import Server

DESK_EVERY = 2
"""Seconds between two looks of an open desk."""


class OtherServers:
    """The servers of CLOUD that read it on the main thread, on the ports after that of the site."""

    def __init__(self, site: SiteServer, cloud: EagerCloud, stack: RemoteStack) -> None:
        """Prepare to serve CLOUD, of which STACK is the description for the desk."""
        self._site = site
        self._cloud = cloud
        self._stack = stack
        content = MailboxContent(cloud.mails, cloud.mail_sources, self._site_url, site.address)
        self.mailbox = Mailbox(content, site.main_thread)

    def start(self, resources: ExitStack) -> Addresses:
        """Start them, and return all addresses; they stop when RESOURCES close."""
        site = self._site.address
        mails = resources.enter_context(Server(Request.application(self.mailbox.answer), self._after(self._site)))
        endpoint = resources.enter_context(Server(AwsEndpoint(self._site.main_thread), self._after(mails), QuietMoto))
        resources.callback(self._release)
        desk = self._desk({"Site": f"{site}/", "Mailbox": f"{mails.address}/"})
        page = resources.enter_context(Server(Request.application(desk.answer), self._after(endpoint)))
        return Addresses(site, mails.address, page.address, endpoint.address)

    def _release(self) -> None:
        """Release the threads that wait for the cloud."""
        self.mailbox.live.end()
        self._site.release()

    def _desk(self, links: dict[str, str]) -> Desk:
        """Return the desk of this cloud, which is read on the main thread and has LINKS."""
        reader = DeskReader(self._stack, f"local cloud of {self._stack.folder}", links)
        return Desk(reader, every=DESK_EVERY, run=partial(self._site.main_thread.do, reads=True))

    def _after(self, server: SiteServer | Server) -> int:
        """Return the first port to try for the next server."""
        return server.port + 1 if self._site.wants_port else 0

    def _site_url(self) -> str:
        catalog = Catalog(Table(self._cloud.client("dynamodb"), self._cloud.id("CatalogTable")), "")
        return catalog.site().url or self._cloud.stack.outputs["SiteUrl"]
