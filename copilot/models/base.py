"""The base of every type in the vocabulary: frozen, strict about unknown fields."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value: it never changes after it was made. Use `model_copy(update=…)` for a new one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Instant = AwareDatetime
"""A moment with its offset; a naive datetime is refused."""

Unit = Annotated[float, Field(ge=0.0, le=1.0)]
"""A number from 0 to 1."""
