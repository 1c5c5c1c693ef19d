"""The CDN: its two functions as CloudFront runs them, and what of it only the template says."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from py_mini_racer import MiniRacer

from dropcap_local.deploy.intrinsics import Resolver
from support.template import ROOT, nested, resources

CDN = nested("cdn")


def with_newsletter(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Return VALUE with each `Fn::If` on the API replaced by what a stack with a newsletter has."""
    if isinstance(value, dict):
        choice = value.get("Fn::If")
        if choice and choice[0] == "HasApi":
            return with_newsletter(choice[1])
        return {name: with_newsletter(inner) for name, inner in value.items()}
    return [with_newsletter(inner) for inner in value] if isinstance(value, list) else value


DISTRIBUTION = with_newsletter(resources("CloudFront::Distribution", CDN)["Distribution"]["DistributionConfig"])
FUNCTIONS = {"ViewerRequest": "viewer_request.js", "ViewerResponse": "viewer_response.js"}


def run(name: str, event: Mapping[str, Any]) -> Any:  # noqa: ANN401  # any JSON
    """Run the function in the file NAME on EVENT."""
    engine = MiniRacer()
    engine.eval((ROOT / "infra" / "edge" / name).read_text(encoding="utf-8"))
    return json.loads(str(engine.eval(f"JSON.stringify(handler({json.dumps(event)}))")))


def requested(uri: str, query: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401  # any JSON
    """Return the answer of the viewer request function to a request for URI."""
    return run("viewer_request.js", {"request": {"method": "GET", "uri": uri, "querystring": query or {}}})


def answered(**metadata: str) -> Any:  # noqa: ANN401  # any JSON
    """Return the viewer response function's answer for an object with METADATA."""
    headers = {f"x-amz-meta-{name.replace('_', '-')}": {"value": value} for name, value in metadata.items()}
    headers["content-type"] = {"value": "text/html"}
    return run("viewer_response.js", {"response": {"statusCode": 200, "statusDescription": "OK", "headers": headers}})


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_the_template_carries_the_function_as_it_is_in_its_file(function: str) -> None:
    """CloudFormation takes a function's code as text only; run `make edge` after a change of the file."""
    code = resources("CloudFront::Function", CDN)[function]["FunctionCode"]
    assert (ROOT / "infra" / "edge" / FUNCTIONS[function]).read_text(encoding="utf-8") == code


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("/", "/index.html"),
        ("/sleep/", "/sleep/index.html"),
        ("/2026/11/", "/2026/11/index.html"),
        ("/feed.xml", "/feed.xml"),
        ("/assets/site.0a1b.css", "/assets/site.0a1b.css"),
        ("/%C3%A9t%C3%A9/", "/%C3%A9t%C3%A9/index.html"),
        ("/c++/", "/c%2B%2B/index.html"),
        ("/c%2B+/", "/c%2B%2B/index.html"),
        ("/old+name.html", "/old%2Bname.html"),
    ],
)
def test_an_address_is_an_object(uri: str, key: str) -> None:
    """Pages are index documents; files are themselves. S3 would read a plus sign as a space."""
    assert key == requested(uri)["uri"]


@pytest.mark.parametrize(
    ("uri", "location"),
    [
        ("/sleep", "/sleep/"),
        ("/sleep/index.html", "/sleep/"),
        ("/index.html", "/"),
        ("//elsewhere.example/x", "/elsewhere.example/x/"),
        ("/\\elsewhere.example/", "/elsewhere.example/"),
        ("/tags//sleep/", "/tags/sleep/"),
        ("/c++", "/c++/"),
    ],
)
def test_a_page_has_one_address(uri: str, location: str) -> None:
    """Any other form of it is sent there, and never to another host."""
    answer = requested(uri)
    assert (301, location) == (answer["statusCode"], answer["headers"]["location"]["value"])


def test_a_redirect_keeps_the_query() -> None:
    """Also one with several values of a name, and one without a value."""
    query = {"a": {"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]}, "b": {"value": ""}}
    assert "/sleep/?a=1&a=2&b" == requested("/sleep", query)["headers"]["location"]["value"]


def test_a_redirect_is_an_object_with_a_location() -> None:
    """Its metadata becomes the answer's status and Location."""
    answer = answered(status="301", location="/new/", cache_tag="path-1")
    assert 301 == answer["statusCode"]
    assert {"location": {"value": "/new/"}, "content-type": {"value": "text/html"}} == answer["headers"]


def test_what_is_gone_says_so() -> None:
    """Its page is shown with the status 410."""
    answer = answered(status="410")
    assert (410, "Gone") == (answer["statusCode"], answer["statusDescription"])


def test_a_page_is_answered_as_it_is_without_its_metadata() -> None:
    """A reader does not see tags and digests."""
    answer = answered(digest="0a1b", cache_tag="path-1")
    assert (200, {"content-type": {"value": "text/html"}}) == (answer["statusCode"], answer["headers"])


def test_what_a_browser_keeps_is_left_as_it_is() -> None:
    """A 304 for a page that is gone stays one: with status 410 and no body it would be a blank page."""
    headers = {"x-amz-meta-status": {"value": "410"}}
    answer = run("viewer_response.js", {"response": {"statusCode": 304, "headers": headers}})
    assert (304, {}) == (answer["statusCode"], answer["headers"])


def test_a_status_that_nobody_meant_changes_nothing() -> None:
    """Only redirects and "gone" are made of metadata."""
    assert 200 == answered(status="500")["statusCode"]


def test_tags_are_read_from_the_metadata_that_objects_carry() -> None:
    """Or invalidation by tag would clear nothing, without a word."""
    assert {"HeaderName": "x-amz-meta-cache-tag"} == DISTRIBUTION["CacheTagConfig"]


def test_a_page_asked_for_too_early_is_not_missing_for_long() -> None:
    """A cached error carries no tag that could clear it, and the API's are the same for whatever query."""
    errors = {error["ErrorCode"]: error for error in DISTRIBUTION["CustomErrorResponses"]}
    for code in (403, 404):
        assert (404, "/404.html") == (errors[code]["ResponseCode"], errors[code]["ResponsePagePath"])
    assert 1 == max(error["ErrorCachingMinTTL"] for error in errors.values())
    assert {0} == {errors[code]["ErrorCachingMinTTL"] for code in (500, 502, 503, 504)}


@pytest.mark.parametrize(("pattern", "origin"), [("/api/*", "api"), ("/preview/*", "site")])
def test_what_is_for_one_reader_is_not_cached(pattern: str, origin: str) -> None:
    """Neither the API's answers nor previews."""
    (behaviour,) = [rule for rule in DISTRIBUTION["CacheBehaviors"] if pattern == rule["PathPattern"]]
    assert origin == behaviour["TargetOriginId"]
    assert "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" == behaviour["CachePolicyId"]


def test_forms_reach_the_api() -> None:
    """A plain HTML form and a mail client's one-click unsubscribe are POSTs; nothing else of the site takes any."""
    methods = {rule["PathPattern"]: rule["AllowedMethods"] for rule in DISTRIBUTION["CacheBehaviors"]}
    assert {"/api/*"} == {pattern for pattern, allowed in methods.items() if "POST" in allowed}
    assert ["GET", "HEAD"] == DISTRIBUTION["DefaultCacheBehavior"]["AllowedMethods"]


def test_every_answer_has_the_security_headers() -> None:
    """Each behaviour names the policy, and the policy allows no inline script or style."""
    behaviours = [*DISTRIBUTION["CacheBehaviors"], DISTRIBUTION["DefaultCacheBehavior"]]
    assert {"SecurityHeaders"} == {behaviour["ResponseHeadersPolicyId"]["Ref"] for behaviour in behaviours}
    policy = json.dumps(resources("CloudFront::ResponseHeadersPolicy", CDN))
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


def test_what_the_function_reads_is_not_removed_before_it_runs() -> None:
    """CloudFront applies the headers policy first: without its metadata a redirect would be a page."""
    policy = resources("CloudFront::ResponseHeadersPolicy", CDN)["SecurityHeaders"]["ResponseHeadersPolicyConfig"]
    removed = {header["Header"].lower() for header in policy["RemoveHeadersConfig"]["Items"]}
    assert not removed & {"x-amz-meta-status", "x-amz-meta-location"}


def test_the_stricter_referrer_policy_of_the_api_reaches_the_browser() -> None:
    """The addresses of its pages hold tokens: the CDN adds its own policy only where an answer has none."""
    policy = resources("CloudFront::ResponseHeadersPolicy", CDN)["SecurityHeaders"]["ResponseHeadersPolicyConfig"]
    assert policy["SecurityHeadersConfig"]["ReferrerPolicy"]["Override"] is False


class NoResources:
    """Resources whose attributes do not matter."""

    def ref(self, logical_id: str) -> str:
        """Return LOGICAL_ID for itself."""
        return logical_id

    def attribute(self, logical_id: str, name: str) -> str:
        """Return LOGICAL_ID for its attribute NAME."""
        return f"{logical_id} {name}"


@pytest.mark.parametrize(
    ("domain", "certificate", "aliases"),
    [("a.org", "arn", ["a.org"]), ("a.org", "", None), ("", "arn", None), ("", "", None)],
)
def test_a_distribution_has_a_name_of_its_own_only_with_its_certificate(
    domain: str, certificate: str, aliases: list[str] | None
) -> None:
    """CloudFront refuses an empty name: a site that gives up its domain may leave its certificate."""
    values = dict.fromkeys(CDN["Parameters"], "") | {"SiteDomain": domain, "CertificateArn": certificate}
    config = Resolver(values, CDN["Conditions"], {}, NoResources()).resolve(
        resources("CloudFront::Distribution", CDN)["Distribution"]["DistributionConfig"]
    )
    assert aliases == config.get("Aliases")
    assert ("AcmCertificateArn" in config["ViewerCertificate"]) is bool(aliases)
