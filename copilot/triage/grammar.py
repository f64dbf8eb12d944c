"""Small sets of words that the rules look up."""

import tomllib
from functools import cache
from importlib import resources


@cache
def words_for(name: str) -> frozenset[str]:
    """One of the sets of grammar.toml."""
    text = resources.files("copilot.triage").joinpath("grammar.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name].split())
