"""Files in the user's folders that are written whole or not at all."""

import os
from pathlib import Path
from secrets import token_hex


def write_whole_file(path: Path, body: bytes, *, is_new: bool = False) -> None:
    """Write BODY to the file at PATH; raise OSError, with the former file untouched.

    It has the permissions of any new file, unlike those in the cache folder. If it IS_NEW, an existing file raises
    FileExistsError. Until it is whole it has a hidden name, so that `dropcap dev` does not publish a part of it.
    """
    temporary = path.with_name(f".dropcap-{token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            path.open("xb").close()  # takes the name: `replace` would overwrite a file of the user's
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
