"""Questions to the gateway and to the services behind it, as fast as they can be asked."""
