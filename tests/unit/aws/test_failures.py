"""AWS's errors as the project's own, with nothing in their messages that a log must not hold."""

from traceback import format_exception

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from dropcap.aws.failures import service_errors
from dropcap.errors import ConflictError, ContractError, ServiceError, without_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Value 'ada@example.org' is not valid.", "Value '(an address)' is not valid."),
        ("to <a.b+c@x.example>, d@y.example", "to <(an address)>, (an address)"),
        ('{"email":"ada@example.org"}', '{"email":"(an address)"}'),
        ("User arn:aws:sts::1:role/x is not allowed", "User arn:aws:sts::1:role/x is not allowed"),
    ],
)
def test_addresses_are_replaced(text: str, expected: str) -> None:
    """With any text around them; other words stay, since operators need them."""
    assert expected == without_addresses(text)


@pytest.mark.parametrize(
    ("code", "kind"), [("ValidationException", ServiceError), ("ConditionalCheckFailedException", ConflictError)]
)
def test_an_error_keeps_its_reason_without_the_address(code: str, kind: type[ServiceError]) -> None:
    """The logged traceback has the message of the cause too."""
    error = ClientError({"Error": {"Code": code, "Message": "Value ada@example.org is too long"}}, "PutItem")
    with pytest.raises(kind) as caught, service_errors("PutItem"):
        raise error
    text = "".join(format_exception(caught.value))
    assert f"PutItem: {code}" in text
    assert "is too long" in text
    assert "ada@" not in text


def test_an_error_of_botocore_itself_has_no_address() -> None:
    """It quotes the value of a parameter of another type."""
    error = ParamValidationError(report="Invalid type for Item.address, value: ada@example.org")
    with pytest.raises(ServiceError) as caught, service_errors("PutItem"):
        raise error
    assert "ada@" not in "".join(format_exception(caught.value))


def test_a_message_that_cannot_be_read_is_quoted_without_addresses() -> None:
    """Its sender may be anybody."""
    assert "ada@" not in str(ContractError.unreadable("To: ada@example.org"))
