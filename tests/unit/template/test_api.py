"""The public API as the template makes it."""

from support.template import resources


def test_unsubscribing_has_a_limit_of_its_own() -> None:
    """A flood of requests to subscribe uses up the limit of all other routes, and nobody is kept from leaving."""
    routes = {route["RouteKey"] for route in resources("ApiGatewayV2::Route").values()}
    assert "POST /api/unsubscribe" in routes
    (stage,) = resources("ApiGatewayV2::Stage").values()
    own = stage["RouteSettings"]["POST /api/unsubscribe"]
    shared = stage["DefaultRouteSettings"]
    assert own.keys() == shared.keys()
    assert all(own[limit] > shared[limit] for limit in shared)
