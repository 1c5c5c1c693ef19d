"""The commands of `dropcap`: their arguments, and their help.

local.py       commands that run on this machine     command.py  the declaration of one command
remote.py      commands that work with a bucket      options.py  options that several commands share
newsletter.py  commands for the newsletter
deployment.py  commands that deploy and delete a stack
operation.py   commands that look after a stack

Nothing here imports moto or boto3, so `dropcap --help` is immediate. A command's code is in `dropcap_cli.commands`,
in a module of the same name.
"""

from typing import Final

from dropcap_cli.arguments.command import Command
from dropcap_cli.arguments.deployment import DEPLOYMENT_COMMANDS
from dropcap_cli.arguments.local import LOCAL_COMMANDS
from dropcap_cli.arguments.newsletter import NEWSLETTER_COMMANDS
from dropcap_cli.arguments.operation import OPERATION_COMMANDS
from dropcap_cli.arguments.remote import REMOTE_COMMANDS

COMMANDS: Final[dict[str, Command]] = {
    **LOCAL_COMMANDS,
    **DEPLOYMENT_COMMANDS,
    **REMOTE_COMMANDS,
    **NEWSLETTER_COMMANDS,
    **OPERATION_COMMANDS,
}
"""Each command by its name, in the order in which `dropcap --help` lists them."""
