"""Compiled templates beside their sources, in `__pycache__`, as Python keeps its modules.

The deployment package has them for Lambda's Python; elsewhere the first process that needs a template writes it. A
compiled template contains a digest of its source and of the options of the compiler, so an old one is never used.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from jinja2.bccache import Bucket

PLACE = "__pycache__"
KINDS = frozenset({"site", "feeds", "email"})
"""Folders of templates in a theme, and in its overrides."""
OPTIONS = Path(__file__).with_name("theme.py")
"""The module that has the options of the compiler: its environment."""


class CompiledTemplates(FileSystemBytecodeCache):
    """The compiled templates of the theme in one folder, for this version of Python and of Jinja2."""

    def __init__(self, folder: Path) -> None:
        """Store the FOLDER of the theme; nothing is read yet."""
        super().__init__(str(folder / PLACE), f"%s.{sys.implementation.cache_tag}.jinja2-{jinja2.__version__}")
        self._folder = folder
        self._options = OPTIONS.read_text(encoding="utf-8")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of the compiled file: that of the template below the theme's folder, wherever that is."""
        path = Path(filename).relative_to(self._folder).parts if filename else (name,)
        return ".".join(path)

    def get_source_checksum(self, source: str) -> str:
        """Return a digest of SOURCE and of the options with which it is compiled."""
        return super().get_source_checksum(self._options + source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a compiled template, unless the folder cannot be written: as for modules, it will be compiled again."""
        with suppress(OSError):
            self.write(bucket)

    def write(self, bucket: Bucket) -> None:
        """Write a compiled template; raise OSError if that is not possible."""
        Path(self.directory).mkdir(exist_ok=True)
        super().dump_bytecode(bucket)

    def write_all(self, jinja: Environment, loaders: Sequence[FileSystemLoader], place: PurePosixPath) -> list[str]:
        """Compile all templates of LOADERS for a theme that will be in PLACE, the folder that tracebacks name.

        Return their file names below the theme's folder. Raises jinja2.TemplateSyntaxError, and OSError.
        """
        written = []
        for loader in loaders:
            for name in (name for name in loader.list_templates() if name.partition("/")[0] in KINDS):
                source, path, _ = loader.get_source(jinja, name)
                file = Path(path).relative_to(self._folder).as_posix()
                bucket = self.get_bucket(jinja, name, path, source)
                bucket.code = jinja.compile(source, name, str(place / file))
                self.write(bucket)
                written.append(file)
        for compiled in Path(self.directory).iterdir():
            compiled.chmod(0o644)  # it was a temporary file, for one user; Lambda's functions run as another
        return written
