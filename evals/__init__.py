"""Evaluation: measures what the copilot does, with the code that runs live."""
