"""What the tests ask the model for: a summary as segments, words without a digit or a slot."""

from typing import Any

SLOTS = ("invoice_number", "seller_name", "total_amount", "due_date")
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "segments": {
            "type": "array",
            "minItems": 1,
            "maxItems": 12,
            "items": {
                "anyOf": [
                    {
                        "type": "object",
                        "properties": {
                            "text": {
                                "type": "string",
                                "pattern": r"^[A-Za-z ,.]+$",
                                "maxLength": 60,
                            }
                        },
                        "required": ["text"],
                        "additionalProperties": False,
                    },
                    {
                        "type": "object",
                        "properties": {"slot": {"enum": [*SLOTS]}},
                        "required": ["slot"],
                        "additionalProperties": False,
                    },
                ]
            },
        }
    },
    "required": ["segments"],
    "additionalProperties": False,
}
RESPONSE_FORMAT: Any = {
    "type": "json_schema",
    "json_schema": {"name": "summary", "schema": SCHEMA, "strict": True},
}
_EXAMPLE = (
    '{"segments": [{"text": "Invoice "}, {"slot": "invoice_number"}, {"text": "from "},'
    ' {"slot": "seller_name"}, {"text": "is over "}, {"slot": "total_amount"},'
    ' {"text": "and is due on "}, {"slot": "due_date"}, {"text": "."}]}'
)
MESSAGES: Any = [
    {
        "role": "system",
        "content": "You write one sentence about an invoice as JSON segments. A segment is either text without numbers,"
        f" or a slot that is filled in later. Slots: {', '.join(SLOTS)}. Example: {_EXAMPLE}",
    },
    {"role": "user", "content": "Summarize the invoice for the person who approves it."},
]
