"""The SAM template as CloudFormation, by Amazon's own translator.

Reading and translating 1,000 lines takes longer than deploying them, and so does importing the translator. So a
translation is kept, for the process and in the user's cache folder, under the digest of all that it depends on.
"""

import hashlib
import json
import logging
import os
from collections.abc import Hashable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import yaml

from dropcap_local.cache_folder import cache_folder, write_whole

# The translator needs the place to which code was uploaded. Locally, code is imported from its folder.
_PACKAGED: Final = {"CodeUri": "s3://local/code", "ContentUri": "s3://local/content"}

_REGION: Final = "AWS_DEFAULT_REGION"

_translations: dict[str, str] = {}


def cloudformation(path: Path) -> dict[str, Any]:
    """Return the template at `path` as CloudFormation, without any `AWS::Serverless` resource.

    A template without the SAM transform (a nested stack) is returned as it is. The caller may change the result.
    The translator takes the region from the environment, as boto3 does, and fails without one.
    """
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256("\n".join([*_versions(), os.environ.get(_REGION, ""), text]).encode()).hexdigest()
    if digest not in _translations:
        _translations[digest] = _kept(digest) or _made(digest, text)
    translation: dict[str, Any] = json.loads(_translations[digest])
    return translation


@cache
def _versions() -> tuple[str, ...]:
    """Return all that a translation depends on, except the template and the region."""
    return version("aws-sam-translator"), version("PyYAML"), hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _kept(digest: str) -> str | None:
    """Return the translation in the cache folder; None if there is none, or if it is no whole JSON object."""
    try:
        text = _place(digest).read_text(encoding="utf-8")
        return text if isinstance(json.loads(text), dict) else None
    except (OSError, ValueError):
        return None


def _made(digest: str, text: str) -> str:
    """Translate the template TEXT, and keep the result where the cache folder can be written."""
    translation = json.dumps(_translated(template(text)))
    with suppress(OSError):
        write_whole(_place(digest), [translation.encode()])
    return translation


def _place(digest: str) -> Path:
    return cache_folder() / "templates" / f"{digest}.json"


def template(text: str) -> dict[str, Any]:
    """Read a template's YAML, with the short forms of the intrinsic functions (`!Ref x`) written out."""
    # The loader is a safe one: it makes plain values, and single-key mappings of the short forms.
    document = yaml.load(text, Loader=_TemplateLoader)  # noqa: S506
    # An alias would be one object in two places, and the translator changes its input.
    copied: dict[str, Any] = json.loads(json.dumps(document, default=str))
    return copied


class _TemplateLoader(yaml.CSafeLoader):
    """YAML's safe loader that also knows CloudFormation's tags."""


def _intrinsic(loader: yaml.CSafeLoader, suffix: str, node: yaml.Node) -> dict[str, object]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    value = _plain(loader, node)
    if name == "Fn::GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name: value}


def _plain(loader: yaml.CSafeLoader, node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Hashable, Any] = loader.construct_mapping(node, deep=True)
        return mapping
    return loader.construct_scalar(node)  # type: ignore[arg-type]  # a node is one of these three


_TemplateLoader.add_multi_constructor("!", _intrinsic)


def _translated(document: dict[str, Any]) -> dict[str, Any]:
    if "Transform" not in document:
        return document
    # Imported here: it takes 0.5 s, which the deployment of a translated template does not need.
    from samtranslator.translator.transform import transform  # noqa: PLC0415

    logging.getLogger("samtranslator").setLevel(logging.WARNING)
    translation: dict[str, Any] = transform(_packaged(document), {}, _NoManagedPolicies())
    return translation


class _NoManagedPolicies:
    """Knows no managed policy by name: there are no roles here."""

    def load(self) -> dict[str, str]:
        return {}


def _packaged(document: dict[str, Any]) -> dict[str, Any]:
    """Point every function and layer at a place in S3, as `sam package` does."""
    sections = [
        *document.get("Globals", {}).values(),
        *(r.get("Properties", {}) for r in document["Resources"].values()),
    ]
    for section in sections:
        section.update({name: place for name, place in _PACKAGED.items() if name in section})
    return document
