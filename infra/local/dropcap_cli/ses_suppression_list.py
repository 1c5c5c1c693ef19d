"""SES's own suppression list of the account, which has the addresses themselves.

SES adds an address after a hard bounce or a complaint. It then accepts mails to the address, does not send them and
reports a bounce for each: whoever is to subscribe again must leave this list, too.
"""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dropcap.aws.failures import code_of, service_errors

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client


class SesSuppressionList:
    """The list, reached through CLIENT. All methods raise ServiceError."""

    def __init__(self, client: "SESV2Client") -> None:
        """Store the CLIENT."""
        self._client = client

    def remove(self, address: str) -> bool:
        """Remove ADDRESS; return False if it is not on the list."""
        with service_errors("DeleteSuppressedDestination"):
            try:
                self._client.delete_suppressed_destination(EmailAddress=address)
            except ClientError as error:
                if code_of(error) == "NotFoundException":
                    return False
                raise
        return True
