"""Carry the CDN's functions from `infra/edge` into `infra/cdn.yaml`: CloudFormation takes their code as text only.

Run by `make edge`, after a change of one of the files.
"""

import re
from pathlib import Path
from textwrap import indent

INFRA = Path(__file__).parents[1]
CARRIED = re.compile(
    r"Comment: infra/edge/(?P<name>\w+\.js).*\n"
    r" +FunctionCode: \|\n"
    r"(?P<code>(?: {8}.*\n|\n)+?)(?=\n? {0,6}\S)",
)


def carried(template: str) -> str:
    """Give TEMPLATE with the code of each function that names its file replaced by what the file says."""

    def fresh(found: re.Match[str]) -> str:
        code = (INFRA / "edge" / found["name"]).read_text(encoding="utf-8")
        return found[0].replace(found["code"], indent(code, " " * 8))

    return CARRIED.sub(fresh, template)


if __name__ == "__main__":
    cdn = INFRA / "cdn.yaml"
    cdn.write_text(carried(cdn.read_text(encoding="utf-8")), encoding="utf-8")
