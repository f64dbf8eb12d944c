"""One llama.cpp server for the machine: found, started when needed, shared, and stopped when its last user has left."""

from copilot.adapters.embedded.client import Endpoint, ensure_server

__all__ = ["Endpoint", "ensure_server"]
