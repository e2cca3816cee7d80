"""Clusters of Ray, by its documented API for jobs (HTTP). Nothing of Ray is imported."""
