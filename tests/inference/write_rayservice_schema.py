"""Writes rayservice_schema.json: what KubeRay's custom resource definition says of a RayService, as JSON Schema.

    python tests/inference/write_rayservice_schema.py CRD_FILE

CRD_FILE is config/crd/bases/ray.io_rayservices.yaml of github.com/ray-project/kuberay/ray-operator, which
`go mod download` brings. Descriptions are left out, equal parts are said once, and a field that is not named is refused,
as `kubectl apply` does.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml  # pants: no-infer-dep

SCHEMA_FILE = Path(__file__).with_name("rayservice_schema.json")
_LICENCE = (
    "Of KubeRay 1.6.1 (github.com/ray-project/kuberay), under the Apache License 2.0; shortened by"
    " write_rayservice_schema.py."
)
_LEAST_SHARED = 200
_KEPT_UNKNOWN = "x-kubernetes-preserve-unknown-fields"


def main() -> None:
    definition = yaml.load(Path(sys.argv[1]).read_text(), Loader=yaml.CSafeLoader)
    [schema] = [
        version["schema"]["openAPIV3Schema"]
        for version in definition["spec"]["versions"]
        if version["name"] == "v1"
    ]
    schema["properties"]["metadata"] = {"type": "object", _KEPT_UNKNOWN: True}
    closed = _closed(schema)
    counts: Counter[str] = Counter()
    _count(closed, counts)
    shared = {text for text, times in counts.items() if times > 1 and len(text) > _LEAST_SHARED}
    definitions: dict[str, Any] = {}
    content = {name: _shortened(part, shared, definitions) for name, part in closed.items()}
    written = {"$comment": _LICENCE, **content, "$defs": definitions}
    SCHEMA_FILE.write_text(json.dumps(written, separators=(",", ":"), sort_keys=True) + "\n")


def _closed(part: Any) -> Any:
    if isinstance(part, list):
        return [_closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    # Where `description` is a field, it has a schema, and no text.
    kept = {
        name: _closed(each)
        for name, each in part.items()
        if not (name == "description" and isinstance(each, str))
    }
    if isinstance(kept.get("properties"), dict) and not part.get(_KEPT_UNKNOWN):
        kept.setdefault("additionalProperties", False)
    return kept


def _count(part: Any, counts: Counter[str]) -> None:
    if isinstance(part, dict):
        counts[_text(part)] += 1
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _count(each, counts)


def _shortened(part: Any, shared: set[str], definitions: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_shortened(each, shared, definitions) for each in part]
    if not isinstance(part, dict):
        return part
    text = _text(part)
    inside = {name: _shortened(each, shared, definitions) for name, each in part.items()}
    if text not in shared or not ({"type", "anyOf"} & part.keys()):
        return inside
    name = hashlib.sha256(text.encode()).hexdigest()[:8]
    definitions[name] = inside
    return {"$ref": f"#/$defs/{name}"}


def _text(part: Any) -> str:
    return json.dumps(part, sort_keys=True)


if __name__ == "__main__":
    main()
