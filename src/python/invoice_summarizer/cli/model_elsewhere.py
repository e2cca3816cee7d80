"""A model that answers somewhere else, by the OpenAI protocol."""

import asyncio
import http.client
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from pydantic import SecretStr, ValidationError

from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.settings import ModelSettings

_LOOK_SECONDS = 5.0
_DENIED = frozenset({401, 403})


def model_settings(url: str, name: str, key_file: Path | None) -> ModelSettings:
    """Returns the settings of a model by these options. Raises CommandFailed where one cannot be used."""
    try:
        key = SecretStr(key_file.read_text(encoding="utf-8").strip()) if key_file else None
        return ModelSettings(url=url, name=name, api_key=key)
    except (OSError, UnicodeDecodeError):
        raise wrong_usage(
            f"cannot read {key_file}: name a file with the token of the model"
        ) from None
    except ValidationError:
        raise wrong_usage("--model-url takes a URL, such as http://127.0.0.1:8000/v1") from None


@asynccontextmanager
async def model_elsewhere(
    settings: ModelSettings, report: Callable[[str], None]
) -> AsyncIterator[ModelSettings]:
    """Yields the settings; `report` is told first where the model does not answer by them now, and what to do."""
    problem = await asyncio.to_thread(_problem, settings)
    if problem:
        report(f"{problem}; templates write the summaries meanwhile")
    yield settings


def _problem(settings: ModelSettings) -> str:
    """Returns why the model does not answer, empty where it does."""
    try:
        names = _served_names(settings)
    except HTTPError as error:
        if error.code in _DENIED:
            return f"{settings.url} refuses the token: name a file with the right one by --model-key-file"
        return f"{settings.url} answers with HTTP {error.code}: look at what serves the model there"
    except (OSError, http.client.HTTPException):
        return f"nothing answers at {settings.url}: start what serves the model there"
    except (ValueError, KeyError, TypeError):
        return f"what answers at {settings.url} does not speak the OpenAI protocol: look at --model-url"
    if settings.name not in names:
        return f"no {settings.name} is served at {settings.url}, but {', '.join(names) or 'nothing'}: look at --model-name"
    return ""


def _served_names(settings: ModelSettings) -> list[str]:
    headers = (
        {"Authorization": f"Bearer {settings.api_key.get_secret_value()}"}
        if settings.api_key
        else {}
    )
    request = Request(f"{settings.url.rstrip('/')}/models", headers=headers)
    with urlopen(request, timeout=_LOOK_SECONDS) as answer:
        return [str(model["id"]) for model in json.load(answer)["data"]]
