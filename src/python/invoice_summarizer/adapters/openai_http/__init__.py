"""Models that are served by the OpenAI protocol, such as those of vLLM."""
