"""What can be told from an endpoint's address, and what it lists."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from copilot.adapters.chat.failures import Hints, classify, explain
from copilot.errors import ModelError

OPENAI = "https://api.openai.com/v1"
CONNECT = 5.0
"""Seconds to reach an endpoint."""


def is_local(base_url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def openai_hints(base_url: str) -> Hints:
    """What to advise about an endpoint that the OPENAI_ settings name."""
    host = urlsplit(base_url).netloc or base_url
    return Hints(
        who=host,
        key="Set OPENAI_API_KEY to a key that is valid there.",
        address=f"Check OPENAI_BASE_URL ({base_url}; it usually ends in /v1) and the network.",
        model="Check OPENAI_MODEL.",
    )


def first_model(base_url: str, api_key: str, *, timeout: float = 10.0) -> str:
    """The first model an endpoint lists.

    Raises:
        ModelError: it cannot be reached, refuses the key, or lists none.
    """
    import httpx

    hints = openai_hints(base_url)
    try:
        with httpx.Client(timeout=httpx.Timeout(timeout, connect=CONNECT), trust_env=not is_local(base_url)) as client:
            answer = client.get(
                f"{base_url.rstrip('/')}/models", headers={"Authorization": f"Bearer {api_key or 'none'}"}
            )
            answer.raise_for_status()
            listed: Any = answer.json()["data"]
            return str(listed[0]["id"])
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise explain(classify(error), hints, "", timeout, 1) from error
    except (ValueError, KeyError, IndexError, TypeError):
        raise ModelError(f"{hints.who} lists no models at {base_url}. Set OPENAI_MODEL. {hints.address}") from None
