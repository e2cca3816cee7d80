"""The Ray Serve application: an OpenAI-compatible endpoint before vLLM, for callers that have the token.

Imported by Ray only: `import_path: invoice_inference.serve_app:build`, with the settings as its arguments.
"""

import os
from typing import Any

from fastapi import FastAPI  # pants: no-infer-dep
from ray import serve  # pants: no-infer-dep
from ray.llm._internal.serve.core.configs.openai_api_models import (
    to_model_metadata,  # pants: no-infer-dep
)
from ray.llm._internal.serve.core.ingress.ingress import DEFAULT_ENDPOINTS  # pants: no-infer-dep
from ray.llm._internal.serve.core.ingress.middleware import (
    SetRequestIdMiddleware,  # pants: no-infer-dep
    add_exception_handling_middleware,  # pants: no-infer-dep
)
from ray.serve.llm import LLMConfig, build_llm_deployment  # pants: no-infer-dep
from ray.serve.llm.ingress import OpenAiIngress, make_fastapi_ingress  # pants: no-infer-dep

from invoice_inference.endpoint_token import TOKEN_VARIABLE, RequireToken
from invoice_inference.llm_config import llm_config
from invoice_inference.settings import InferenceSettings

ENDPOINTS = ("models", "model_data", "chat", "completions")


def build(arguments: dict[str, Any]) -> serve.Application:
    """Returns the application of these settings. Raises RuntimeError where there is no token to hold callers to."""
    settings = InferenceSettings(**arguments)
    if not os.environ.get(TOKEN_VARIABLE):
        raise RuntimeError(f"{TOKEN_VARIABLE} is not set: the endpoint would be open to everybody")
    config = LLMConfig(**llm_config(settings))
    ingress = serve.deployment(
        make_fastapi_ingress(
            OpenAiIngress,
            app=_fastapi(),
            endpoint_map={name: DEFAULT_ENDPOINTS[name] for name in ENDPOINTS},
        ),
        name="endpoint",
        num_replicas=1,
        max_ongoing_requests=2 * _most_requests(settings),
        ray_actor_options={"num_cpus": 0},
    )
    name = settings.model.name
    return ingress.bind(
        llm_deployments={name: build_llm_deployment(config)},
        model_cards={name: to_model_metadata(name, config)},
    )


def _most_requests(settings: InferenceSettings) -> int:
    """Returns how many requests all replicas hold and let wait: the endpoint itself refuses none before them."""
    admission, replicas = settings.admission, settings.scaling.max_replicas
    return replicas * admission.max_ongoing_requests + admission.max_queued_requests


def _fastapi() -> FastAPI:
    """Ray's own has CORS for every origin, and asks nobody for a token."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_exception_handling_middleware(app)
    app.add_middleware(SetRequestIdMiddleware)
    app.add_middleware(RequireToken)
    return app
