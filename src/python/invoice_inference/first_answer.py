"""A first short answer of a served model: the whole way works, and what is loaded at the first use is loaded."""

import json
import os
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from invoice_inference.endpoint_token import TOKEN_VARIABLE

_SECONDS = 300.0
_LONGEST_REASON = 300
_SCHEMA = {
    "type": "object",
    "properties": {"answer": {"enum": ["yes", "no"]}},
    "required": ["answer"],
    "additionalProperties": False,
}
_FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "answer", "schema": _SCHEMA, "strict": True},
}


def ask_for_first_answer(base_url: str, model: str) -> None:
    """The model has answered under a schema, and with a token that was drawn.

    Raises OSError with what the server says where it does not answer, ValueError where the answer is no JSON.
    """
    content = _ask(
        base_url, model, {"response_format": _FORMAT, "max_tokens": 32, "temperature": 0}
    )
    json.loads(content)
    _ask(base_url, model, {"max_tokens": 1, "temperature": 1})


def _ask(base_url: str, model: str, options: Mapping[str, Any]) -> str:
    request = {
        "model": model,
        "messages": [{"role": "user", "content": "Are you ready?"}],
        **options,
    }
    headers = {
        "Authorization": f"Bearer {os.environ[TOKEN_VARIABLE]}",
        "Content-Type": "application/json",
    }
    url = f"{base_url}/chat/completions"
    try:
        with urlopen(
            Request(url, json.dumps(request).encode(), headers), timeout=_SECONDS
        ) as answer:
            return str(json.load(answer)["choices"][0]["message"]["content"])
    except HTTPError as error:
        said = error.read(_LONGEST_REASON).decode(errors="replace")
        raise OSError(f"{error}: {said}") from error
