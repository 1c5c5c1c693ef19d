"""The environment that the template gives each function, held against what its settings read."""

import inspect

import pytest

from dropcap import newsletter_settings, settings
from dropcap.errors import SettingsError
from dropcap.settings import Settings
from support.template import HANDLERS, environment_of, function_of

OF_POWERTOOLS = {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL"}
"""Read by Powertools itself."""
FUNCTIONS = [function_of(path) for path in HANDLERS]


def settings_of(function: str) -> type[Settings]:
    """Return the settings class named after FUNCTION."""
    classes = dict(inspect.getmembers(settings)) | dict(inspect.getmembers(newsletter_settings))
    kind: type[Settings] = classes[function.replace("Function", "Settings")]
    return kind


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_template_sets_what_the_settings_read(function: str) -> None:
    """No variable that nobody reads, and none missing."""
    assert settings_of(function).names().keys() == set(environment_of(function)) - OF_POWERTOOLS


def test_what_decides_pages_is_part_of_the_release() -> None:
    """A deployment that changes such a setting rolls out; the other settings say where to read and write."""
    names = {name.lower() for kind in (settings.RenderSettings, settings.PublishSettings) for name in kind.names()}
    places = ("_bucket", "_table", "_queue_url", "_arn", "_group", "_dir")
    assert set(settings.OF_PAGES) == {name for name in names if not name.endswith(places)}
    assert set(settings.OF_PAGES) <= {name.lower() for name in settings.ReconcileSettings.names()}
    some = {name: name for name in settings.ReconcileSettings.names()}
    assert {name: name.upper() for name in settings.OF_PAGES} == settings.ReconcileSettings.from_environment(
        some
    ).of_pages


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_missing_setting_is_named_at_once(function: str) -> None:
    """The operator mends the template once, not once a name."""
    required = {name for name, required in settings_of(function).names().items() if required}
    with pytest.raises(SettingsError) as raised:
        settings_of(function).from_environment({})
    assert ", ".join(sorted(required)) in str(raised.value)
