"""The metrics of vLLM and Ray Serve that operators look at, by the names under which the pinned versions show them.

Ray shows all of them on one port of each node. A live scrape is held to this list (tests/inference).
"""

from collections.abc import Mapping

# Of a histogram the name is that of the family.
METRICS: Mapping[str, tuple[str, str]] = {
    "ray_vllm_num_requests_running": ("gauge", "Answers that the engine writes now."),
    "ray_vllm_num_requests_waiting": ("gauge", "Requests that wait for the engine."),
    "ray_vllm_num_requests_waiting_by_reason": (
        "gauge",
        "The same by `reason`: `capacity`, where cache or places are taken, or `deferred`.",
    ),
    "ray_vllm_kv_cache_usage_perc": ("gauge", "Share of the KV cache that is taken, 0 to 1."),
    "ray_vllm_prompt_tokens_total": ("counter", "Tokens of prompts."),
    "ray_vllm_generation_tokens_total": ("counter", "Tokens of answers."),
    "ray_vllm_prefix_cache_queries_total": (
        "counter",
        "Tokens of prompts looked for in the cache.",
    ),
    "ray_vllm_prefix_cache_hits_total": ("counter", "Those that were there."),
    "ray_vllm_request_success_total": (
        "counter",
        "Answers that ended, by `finished_reason`: `stop`, or `length` where they were cut.",
    ),
    "ray_vllm_request_queue_time_seconds": (
        "histogram",
        "How long requests waited for the engine.",
    ),
    "ray_vllm_time_to_first_token_seconds": ("histogram", "How long the first token took."),
    "ray_vllm_inter_token_latency_seconds": ("histogram", "Time between two tokens."),
    "ray_vllm_e2e_request_latency_seconds": ("histogram", "How long whole answers took."),
    "ray_serve_num_http_requests_total": (
        "counter",
        "Requests to the endpoint, by `route` and `status_code`: 503 where it had no room.",
    ),
    "ray_serve_http_request_latency_ms": ("histogram", "How long they took."),
    "ray_serve_num_ongoing_http_requests": ("gauge", "Requests that the endpoint holds now."),
    "ray_serve_deployment_queued_queries": (
        "gauge",
        "Requests that wait for a replica, by `deployment`.",
    ),
    "ray_serve_num_ongoing_requests_at_replicas": (
        "gauge",
        "Requests that replicas hold, by `deployment`.",
    ),
    "ray_serve_deployment_replica_healthy": ("gauge", "1 for each replica that is well."),
    "ray_serve_deployment_replica_starts_total": (
        "counter",
        "Starts of replicas: more than the first tell of ends.",
    ),
    "ray_serve_autoscaling_target_replicas": ("gauge", "How many replicas Ray wants."),
}
