"""The Ray side: how a model is served by Ray Serve and vLLM, on a GPU cluster or on one machine."""
