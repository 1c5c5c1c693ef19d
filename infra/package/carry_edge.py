"""Copy the CDN's functions from `infra/edge` into `infra/cdn.yaml`: CloudFormation takes their code only as text.

Run `make edge` after a change of one of the files.
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
    """Return TEMPLATE with the code of each function replaced by the content of the file that it names."""

    def replaced(match: re.Match[str]) -> str:
        code = (INFRA / "edge" / match["name"]).read_text(encoding="utf-8")
        return match[0].replace(match["code"], indent(code, " " * 8))

    return CARRIED.sub(replaced, template)


if __name__ == "__main__":
    cdn = INFRA / "cdn.yaml"
    cdn.write_text(carried(cdn.read_text(encoding="utf-8")), encoding="utf-8")
