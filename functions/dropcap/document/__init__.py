"""Pure: the bytes of a source file ▶ a Document.

```
bytes ─ source_text ─ front_matter/split ┬─ front_matter/ ─ metadata/ ─────────────┬─ Document
                                         └─ body_text: markdown/ ─ html/ sanitised ┘
```

Nothing here reads a clock, a file, a network or the environment. A file that cannot be published raises a ContentError;
a fault that does not prevent publication is a Finding among the document's warnings.
"""

from dropcap.document.conventions import Conventions
from dropcap.document.document import Document, Metadata, Tag
from dropcap.document.html.file_references import Mention
from dropcap.document.html.link_placeholders import (
    Target,
    embedded_names,
    link_attributes,
    linked_names,
    mentions,
    resolve,
    with_notes,
)
from dropcap.document.paths.media_types import file_kind
from dropcap.document.paths.slugs import link_name, slug
from dropcap.document.paths.source_path import Kind, file_names, source_kind, why_ignored
from dropcap.errors import ContentError, Finding

__all__ = [
    "ContentError",
    "Conventions",
    "Document",
    "Finding",
    "Kind",
    "Mention",
    "Metadata",
    "Tag",
    "Target",
    "embedded_names",
    "file_kind",
    "file_names",
    "link_attributes",
    "link_name",
    "linked_names",
    "mentions",
    "resolve",
    "slug",
    "source_kind",
    "why_ignored",
    "with_notes",
]
