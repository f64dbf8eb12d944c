"""The channel for everything without an API: a person copies the reply and marks it sent."""

from datetime import datetime

from copilot.models import ApprovedReply, PublishResult


class Clipboard:
    """Publishes nothing by itself; says that a person has to."""

    def __init__(self, name: str) -> None:
        """Stand in for the channel `name`."""
        self.name = name

    def publish(self, reply: ApprovedReply, *, created_at: datetime, key: str) -> PublishResult:
        """Hand the reply to a person."""
        return PublishResult(state="manual", detail=f"Copy it to {self.name}, then mark it sent.")
