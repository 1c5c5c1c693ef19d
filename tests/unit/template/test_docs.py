"""Links, paths, steps, queues, tables and message names in the documents exist."""

import re
from pathlib import Path

import pytest

from support.template import HANDLERS, ROOT, resources, translated

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "infra" / "decisions").glob("*.md")])
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DIAGRAM = ARCHITECTURE.partition("```mermaid\n")[2].partition("```")[0]
GLOSSARY = re.findall(r"^\| ([^|]+?) \| (.+) \|$", ARCHITECTURE.partition("## Glossary")[2], re.MULTILINE)[1:]
ROOMS = ("functions", "tests", "infra", "docs", "examples", "templates", "benchmarks")
README_LINES = 120


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(document: Path) -> None:
    """Relative links of every document."""
    text = re.sub(r"^(`{3,}).*?^\1|`[^`\n]+`", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) if not re.match(r"[a-z]+:|/", link)]
    assert [] == [link for link in links if not (document.parent / link).exists()]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md"])
def test_paths_in_the_documents_exist(name: str) -> None:
    """Paths from the root in backticks, with `<step>` for any."""
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(rf"`((?:{'|'.join(ROOMS)})/[\w./*<>-]+)`", text)
    assert paths or name == "SECURITY.md"
    assert [] == [path for path in paths if not [*ROOT.glob(re.sub("<[a-z]+>", "*", path).rstrip("/"))]]


def test_the_readme_is_short() -> None:
    """A newcomer reads it in a few minutes."""
    assert README_LINES >= len((ROOT / "README.md").read_text(encoding="utf-8").splitlines())


def test_headings_in_the_table_of_contents_of_the_architecture_exist() -> None:
    """Each line leads to a heading, in order, and no heading is left out."""
    contents = re.findall(r"^- \[(.+)\]\(#.+\)$", ARCHITECTURE, re.MULTILINE)
    assert contents == re.findall(r"^## (.+)$", ARCHITECTURE, re.MULTILINE)


def test_the_diagram_shows_every_step_table_bucket_and_queue() -> None:
    """Dead-letter queues are left out."""
    steps = {path.read_text(encoding="utf-8").split('"""')[1].split(":")[0] for path in HANDLERS}
    assert steps == set(re.findall(r'\["(\d+ \w+)"\]', DIAGRAM))
    names = {name for kind in ("SQS::Queue", "DynamoDB::Table", "S3::Bucket") for name in resources(kind)}
    shown = {name for name in names if not name.endswith("DeadLetters")}
    assert shown == {name for name in re.findall(r"\w+", DIAGRAM) if re.search(r"[a-z](Queue|Table|Bucket)$", name)}


def test_the_glossary_is_a_short_list_in_order() -> None:
    """About 25 terms, each explained in one line."""
    terms = [term for term, _ in GLOSSARY]
    assert sorted(terms, key=str.lower) == terms
    assert 20 <= len(terms) <= 35
    assert all(meaning for _, meaning in GLOSSARY)


def test_the_access_logs_of_the_cdn_are_said_to_hold_tokens() -> None:
    """CloudFront logs query strings of all behaviours or of none: the operator must know before they are enabled."""
    (row,) = re.findall(
        r"^\| `AccessLogBucketDomain` \| (.+) \|$", (ROOT / "docs/deploying.md").read_text("utf-8"), re.MULTILINE
    )
    assert {"`/api/*`", "tokens", "expire"} <= set(re.findall(r"`[^`]+`|\w+", row))


def test_the_page_on_deploying_has_every_parameter_and_no_other() -> None:
    """In the table, where an operator looks for them."""
    page = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    table = page.partition("\n## Parameters\n")[2].partition("\n## ")[0]
    named = {name for row in re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert set(translated()["Parameters"]) == named
