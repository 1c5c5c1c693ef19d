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


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_missing_setting_is_named_at_once(function: str) -> None:
    """The operator mends the template once, not once a name."""
    required = {name for name, required in settings_of(function).names().items() if required}
    with pytest.raises(SettingsError) as raised:
        settings_of(function).from_environment({})
    assert ", ".join(sorted(required)) in str(raised.value)
