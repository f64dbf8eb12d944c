"""What is surely a first name, and what surely is none, in English, German and French."""

from functools import lru_cache
from importlib import resources

GREETINGS = (
    r"hi|hello|hey|hiya|dear|hallo|moin|servus|guten (?:tag|morgen|abend)|good (?:morning|afternoon|evening)"
    r"|liebe[rs]?|bonjour|bonsoir|salut|coucou|chère?"
)
"""An alternation of words that greet."""


def _words(file: str) -> frozenset[str]:
    return frozenset(resources.files("copilot.checks").joinpath("data", file).read_text("utf-8").split())


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Common first names, lower case."""
    return _words("first_names.txt")


@lru_cache(maxsize=1)
def no_names() -> frozenset[str]:
    """Words that stand where a name would, at the start or end of a reply, and are none; lower case."""
    return _words("no_names.txt")
