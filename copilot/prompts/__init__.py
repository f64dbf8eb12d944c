"""Prompts are files: `string.Template` texts read from this package."""

from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from string import Template


@lru_cache(maxsize=16)
def template(name: str) -> Template:
    """The template `name` (without ``.md``)."""
    return Template((files("copilot.prompts") / f"{name}.md").read_text(encoding="utf-8"))


def fill(name: str, /, **values: str) -> str:
    """The template with its values; a missing value is an error."""
    return template(name).substitute(values).strip()


def prompt_sha() -> str:
    """SHA-256 over all templates: two drafts with the same one were asked in the same words."""
    names = sorted(f.name for f in files("copilot.prompts").iterdir() if f.name.endswith(".md"))
    digest = sha256()
    for name in names:
        digest.update(name.encode())
        digest.update((files("copilot.prompts") / name).read_bytes())
    return digest.hexdigest()
