"""Candor drafts honest, on-brand replies to what people say about a brand.

As a library::

    from copilot import Copilot

    with Copilot.open() as copilot:
        reply = copilot.brand("harbor-coffee").draft("Is the Pier shop open on Sunday?", speaker="jm")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot

__all__ = ["Copilot"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import `Copilot` on first use, so that light commands start fast."""
    if name == "Copilot":
        from copilot.bootstrap import Copilot

        return Copilot
    raise AttributeError(name)
