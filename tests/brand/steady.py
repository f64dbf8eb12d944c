"""How hypothesis runs here: the same examples every time, and no clock."""

from hypothesis import HealthCheck, settings


def steady(max_examples: int = 100) -> settings:
    """Settings to put on a test that takes generated input."""
    return settings(
        max_examples=max_examples, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )
