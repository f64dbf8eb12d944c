"""Triage: what should happen to a mention, why, and how soon; decided without a model."""

from copilot.triage.decide import triage, triage_many

__all__ = ["triage", "triage_many"]
