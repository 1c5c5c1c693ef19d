"""Write the templates as CloudFormation sees them, after the SAM transform, to a folder for checkov."""

import json
import os
import sys
from pathlib import Path

from dropcap_local.deploy.sam import cloudformation

ROOT = Path(__file__).parents[2]


def main(folder: Path) -> None:
    """Write template.yaml and the nested stacks as JSON to FOLDER."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")  # the transform asks for one, and nothing is sent
    folder.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "template.yaml", *sorted((ROOT / "infra").glob("*.yaml"))):
        (folder / f"{path.stem}.json").write_text(json.dumps(cloudformation(path), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
