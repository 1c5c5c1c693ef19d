"""How much longer publishing a folder takes than reading its Markdown: one ratio, in CPU time of one process each.

Takes the folder as its argument (default: `examples/`). "Markdown alone" is the same dialect rendered from
the same texts, without front matter, sanitising, pages, lists, reports or AWS.
"""

import json
import sys
import time
from pathlib import Path

from dropcap.document.markdown.renderer import markdown_fragment
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to


def sources(folder: Path) -> dict[str, bytes]:
    """Return the sources in FOLDER by key."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.md"))}


def markdown_alone(texts: dict[str, bytes]) -> float:
    """Return the CPU seconds that Markdown alone takes for TEXTS."""
    started = time.process_time()
    for source in texts.values():
        markdown_fragment(source.decode(errors="replace"))
    return time.process_time() - started


def pipeline(texts: dict[str, bytes]) -> float:
    """Return the CPU seconds that the whole local pipeline takes for TEXTS, from upload to rest."""
    with LocalCloud() as cloud:
        started = time.process_time()
        for key, source in texts.items():
            cloud.upload(key, source)
        cloud.settle()
        return time.process_time() - started


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "examples")
    texts = sources(folder)
    with functions_log_to(None):
        alone, whole = markdown_alone(texts), pipeline(texts)
    result = {"posts": len(texts), "markdown_s": round(alone, 1), "pipeline_s": round(whole, 1)}
    print(json.dumps(result | {"ratio": round(whole / alone, 1)}))
