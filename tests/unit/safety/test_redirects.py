"""No redirect leads a reader away from the site: neither one that the CDN makes, nor one to a post's address."""

import json
import re
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer

from dropcap.document import ContentError
from support.documents import document
from support.template import ROOT

HERE = "https://journal.example/naps/"
PIECES = ("/", "\\", "evil.example", ".", "..", "%2f", "%5C", "%09", "%0d%0aLocation:", ":", "@", "?", "#", "a",
          "index.html", "http:", "\t", "\n", ";", "%", "\u3002", "\uff0f", "%E2%80%AE")  # fmt: skip
ADDRESSES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
ENGINE = MiniRacer()
ENGINE.eval((ROOT / "infra" / "edge" / "viewer_request.js").read_text(encoding="utf-8"))


def leads_to(location: str) -> str:
    """Return the host to which LOCATION leads from a page of the site, as a browser reads it (WHATWG URL, 4.4)."""
    plain = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(0x21)))).replace("\\", "/")
    return urlsplit(urljoin(HERE, re.sub("^/{2,}", "//", plain))).netloc


@settings(deadline=None)
@given(ADDRESSES, st.dictionaries(st.sampled_from(PIECES), st.sampled_from(PIECES), max_size=2))
@example("//evil.example", {})
@example("/\\evil.example/index.html", {"next": "//evil.example"})
@example("/.//evil.example/..", {})
@example("\t/%2f", {})
def test_the_cdn_redirects_within_the_site(path: str, query: dict[str, str]) -> None:
    """For any path and query."""
    values = {name: {"value": value} for name, value in query.items()}
    event = {"request": {"method": "GET", "uri": f"/{path}", "querystring": values, "headers": {}, "cookies": {}}}
    answer = json.loads(str(ENGINE.eval(f"JSON.stringify(handler({json.dumps(event)}))")))
    if "statusCode" in answer:
        location = answer["headers"]["location"]["value"]
        assert "journal.example" == leads_to(location), location
        assert "%0D" not in location.replace("%0d", "") or "\r" not in location


@pytest.mark.parametrize("field", ["permalink", "slug", "aliases", "url", "redirect_from"])
@settings(deadline=None)
@given(address=ADDRESSES)
def test_the_address_of_a_post_is_a_path_of_the_site(field: str, address: str) -> None:
    """The target of its redirects, and each former address too, in whatever field it is written."""
    try:
        post = document(f"---\n{field}: {json.dumps(address)}\n---\nText.\n")
    except ContentError:
        return
    for path in (post.path, *post.aliases):
        assert "journal.example" == leads_to(path), path
        assert path.startswith("/")
        assert not re.search(r"//|[\\\x00-\x1f?#]|/\.\.?(/|$)", path), path
    assert " " not in post.path  # it is the target of redirects


def test_a_redirect_to_another_host_is_noticed() -> None:
    """As browsers read addresses: backslashes are slashes, and tabs are nothing."""
    away = ["//evil.example", "/\t/evil.example", "\\\\evil.example", "https://evil.example/", "/\\evil.example"]
    assert {"evil.example"} == {leads_to(address) for address in away}
