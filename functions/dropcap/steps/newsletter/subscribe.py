"""7 subscribe: the HTTP API for subscribing, confirming and unsubscribing.

A GET or HEAD changes nothing, since mail scanners follow links. A request to subscribe gets the same answer after the
same calls, whatever the state of the address: neither text nor time tells who subscribes. A token proves who may
confirm or unsubscribe; it is random, stored with the subscriber and compared in constant time, so no key can leak.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dropcap.aws.client_limit import ClientLimit
from dropcap.aws.confirmations import Confirmations
from dropcap.aws.queues import Queue
from dropcap.aws.subscribers import Subscribers
from dropcap.contracts import Cause
from dropcap.newsletter.address import MailAddress, is_subscriber
from dropcap.newsletter.subscription import Subscriber, same_token
from dropcap.newsletter.web import NOT_FROM_CDN, WebRequest, WebResponse
from dropcap.newsletter_contracts import SendConfirmation
from dropcap.site.settings.model import SiteSettings
from dropcap.steps.newsletter.templates import Templates

TRAP = "website"
"""A field of the form that people do not see: what is filled in there was filled in by a robot."""

LONGEST_TOKEN = 100
OK, BAD_REQUEST, TOO_MANY = 200, 400, 429
"""Never 403 or 404: the CDN would show the site's own page for unknown addresses instead, and keep it for a moment."""

TOO_MANY_REQUESTS = "too_many"
NO_ADDRESS, NO_NEWSLETTER, NO_PAGE = "no_address", "no_newsletter", "no_page"
NO_LINK, NO_UNSUBSCRIBE_LINK = "no_link", "no_unsubscribe_link"
"""Problems; the theme's messages describe them in the site's language (`problem.no_link`)."""


class SiteCatalog(Protocol):
    """The queries of the Catalog that the API uses."""

    def site(self) -> SiteSettings:
        """Return the site's settings."""

    def site_with_pages(self) -> SiteSettings:
        """Return the site's settings as readers see them, with its pages in the navigation."""


@dataclass(frozen=True, slots=True)
class SubscribeTools:
    """The collaborators of the API. QUEUE is that of confirmations; TOKEN makes 32 random bytes, as text for a URL.

    OPEN is False where the operator takes no subscribers. SECRETS are those that a request from the CDN may carry;
    without any, every request is answered, and no network address is believed.
    """

    catalog: SiteCatalog
    subscribers: Subscribers
    confirmations: Confirmations
    templates: Templates
    queue: Queue
    token: Callable[[], str]
    clients: ClientLimit
    open: bool = True
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One REQUEST, made NOW."""

    tools: SubscribeTools
    request: WebRequest
    now: datetime

    def page(self, name: str, status: int = OK, **context: object) -> WebResponse:
        """Answer with the page NAME of the theme; programs that sent JSON get its name."""
        if self.request.wants_json:
            return WebResponse(status, json.dumps({"answer": name, **context}), "application/json")
        site = self.tools.catalog.site_with_pages()
        body = self.tools.templates.render(f"site/{name}.html", site=site, path=self.request.path, **context)
        return WebResponse(status, body)

    def problem(self, status: int, what: str) -> WebResponse:
        """Report that WHAT did not work."""
        return self.page("problem", status, problem=what)

    @property
    def pair(self) -> tuple[str, str] | None:
        """Return the hash and the token in the link; None if they are malformed."""
        subscriber, token = self.request.text("s"), self.request.text("t")
        return (subscriber, token) if is_subscriber(subscriber) and 0 < len(token) <= LONGEST_TOKEN else None

    @property
    def subscriber(self) -> Subscriber | None:
        """Return the subscriber that the link names; the token is not checked."""
        return self.tools.subscribers.get(self.pair[0]) if self.pair else None


def respond(tools: SubscribeTools, request: WebRequest, *, now: datetime) -> WebResponse:
    """Execute REQUEST, and return the page that confirms it. Raises ServiceError for a failure of AWS."""
    if tools.secrets and not any(same_token(request.origin, secret) for secret in tools.secrets):
        return NOT_FROM_CDN
    visit = ApiCall(tools, request, now)
    route = ROUTES.get((request.method, request.path))
    return route(visit) if route else visit.problem(BAD_REQUEST, NO_PAGE)


def _subscribe(visit: ApiCall) -> WebResponse:
    if visit.request.text(TRAP):
        return visit.page("subscribed")
    address = MailAddress.read(visit.request.text("email"))
    if address is None:
        return visit.problem(BAD_REQUEST, NO_ADDRESS)
    if not visit.tools.catalog.site().newsletter or not visit.tools.open:
        return visit.problem(BAD_REQUEST, NO_NEWSLETTER)
    if visit.tools.secrets and not visit.tools.clients.allows(visit.request.viewer, visit.now):
        return visit.problem(TOO_MANY, TOO_MANY_REQUESTS)
    _request(visit, address)
    return visit.page("subscribed")


def _request(visit: ApiCall, address: MailAddress) -> None:
    """Make the address pending, and queue its confirmation mail; the sender decides whether one goes out."""
    tools, subscriber = visit.tools, address.subscriber
    tools.subscribers.request(address, token=tools.token(), question=tools.token(), now=visit.now)
    tools.queue.send(SendConfirmation(subscriber, Cause(subscriber, "", visit.now.isoformat())))


def _show_confirm(visit: ApiCall) -> WebResponse:
    return _show(visit, "confirm", NO_LINK)


def _show_unsubscribe(visit: ApiCall) -> WebResponse:
    return _show(visit, "unsubscribe", NO_UNSUBSCRIBE_LINK)


def _show(visit: ApiCall, name: str, problem: str) -> WebResponse:
    """Return the page NAME with its button, or that of the PROBLEM if the link is malformed.

    The link is not looked up: the answer would tell strangers who subscribes.
    """
    if visit.pair is None:
        return visit.problem(BAD_REQUEST, problem)
    return visit.page(name, subscriber=visit.pair[0], token=visit.pair[1])


def _confirm(visit: ApiCall) -> WebResponse:
    subscriber = visit.subscriber
    if subscriber is None or not same_token(visit.request.text("t"), subscriber.question):
        return visit.problem(BAD_REQUEST, NO_LINK)
    if not visit.tools.subscribers.confirm(subscriber.subscriber, subscriber.question, visit.now):
        return visit.problem(BAD_REQUEST, NO_LINK)
    if address := MailAddress.read(subscriber.address):
        visit.tools.confirmations.forget(address.inbox)
    return visit.page("confirmed", subscriber=subscriber.subscriber, token=subscriber.token)


def _unsubscribe(visit: ApiCall) -> WebResponse:
    """Unsubscribe somebody, by the button or by a mail program's one click (RFC 8058: a POST, and no redirect)."""
    subscriber = visit.subscriber
    if subscriber is None or not same_token(visit.request.text("t"), subscriber.token):
        return visit.problem(BAD_REQUEST, NO_UNSUBSCRIBE_LINK)
    visit.tools.subscribers.leave(subscriber.subscriber, visit.now)
    return visit.page("unsubscribed")


ROUTES: dict[tuple[str, str], Callable[[ApiCall], WebResponse]] = {
    ("POST", "/api/subscribe"): _subscribe,
    ("GET", "/api/confirm"): _show_confirm,
    ("HEAD", "/api/confirm"): _show_confirm,
    ("POST", "/api/confirm"): _confirm,
    ("GET", "/api/unsubscribe"): _show_unsubscribe,
    ("HEAD", "/api/unsubscribe"): _show_unsubscribe,
    ("POST", "/api/unsubscribe"): _unsubscribe,
}
"""The routes; `template.yaml` lists the same, and sends every other request below /api here too."""
