"""What Redis is used for: what was read is kept, tenants are counted over all replicas, and workers are woken."""
