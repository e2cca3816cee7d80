"""A request to a model as the OpenAI protocol has it."""

import json
from typing import TypedDict

from openai.types.chat import ChatCompletionMessageParam
from openai.types.shared_params import ResponseFormatJSONSchema

from invoice_summarizer.domain.summarizing.model_request import ModelRequest


class AskedCompletion(TypedDict):
    """What every request for a completion says; how it is decoded comes beside it."""

    model: str
    messages: list[ChatCompletionMessageParam]
    response_format: ResponseFormatJSONSchema
    max_tokens: int


def asked_completion(model: str, request: ModelRequest) -> AskedCompletion:
    """Returns what is asked of the model of that name: an answer under the schema of the request."""
    return {
        "model": model,
        "messages": [
            {"role": "system", "content": request.system},
            {"role": "user", "content": request.user},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "answer",
                "strict": True,
                "schema": json.loads(request.schema),
            },
        },
        "max_tokens": request.max_tokens,
    }
