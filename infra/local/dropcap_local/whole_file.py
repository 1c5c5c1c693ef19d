"""Files that are written whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex


def write_whole_file(path: Path, parts: Iterable[bytes], *, mode: int = 0o666, is_new: bool = False) -> None:
    """Write PARTS to the file at PATH; raise OSError, with the former file untouched.

    A reader, or a start after a crash, gets the former file or the new one, never a part of it. It gets MODE, less what
    the umask takes. If it IS_NEW, an existing file raises FileExistsError. Until it is whole it has a hidden name, so
    that `dropcap dev` does not publish a part of it.
    """
    temporary = path.with_name(f".dropcap-{token_hex(8)}")
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:  # Path has no opener
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            path.open("xb").close()  # takes the name: `replace` would overwrite a file of the user's
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
