"""Tests that share a site and a browser are to run in one worker, or each worker would start its own."""

import pytest


@pytest.mark.xdist_group("groups")
def test_the_name_of_a_group_belongs_to_the_id_of_a_test(request: pytest.FixtureRequest) -> None:
    """By the end of an id, pytest-xdist keeps a group together; a version of pytest that drops it goes unnoticed."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("not run in parallel by groups")
    assert request.node.nodeid.endswith("@groups")
