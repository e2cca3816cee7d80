"""A first short answer of a served model: the whole way works, and what is loaded at the first use is loaded."""

import json
import os
from urllib.request import Request, urlopen

from invoice_inference.endpoint_token import TOKEN_VARIABLE

_SECONDS = 300.0
_SCHEMA = {
    "type": "object",
    "properties": {"answer": {"enum": ["yes", "no"]}},
    "required": ["answer"],
    "additionalProperties": False,
}


def ask_for_first_answer(base_url: str, model: str) -> None:
    """The model has answered under a schema. Raises OSError where it does not answer, ValueError where it is no JSON."""
    request = {
        "model": model,
        "messages": [{"role": "user", "content": "Are you ready?"}],
        "max_tokens": 32,
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": _SCHEMA, "strict": True},
        },
    }
    headers = {
        "Authorization": f"Bearer {os.environ[TOKEN_VARIABLE]}",
        "Content-Type": "application/json",
    }
    url = f"{base_url}/chat/completions"
    with urlopen(Request(url, json.dumps(request).encode(), headers), timeout=_SECONDS) as answer:
        content = json.load(answer)["choices"][0]["message"]["content"]
    json.loads(content)
