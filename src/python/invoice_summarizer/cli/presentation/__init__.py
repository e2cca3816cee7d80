"""How answers look: tables for people, JSON for programs. The only place that lays out text."""
