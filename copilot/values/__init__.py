"""Prices, times, days, durations, quantities and addresses in a text, in one comparable form.

"€4.20" and "4,20 Euro" are the same value here, and so are "8 am" and "8:00 Uhr", "two weeks" and "14 days".
"""

from copilot.values.compare import comparable, same
from copilot.values.find import values
from copilot.values.types import Kind, Value

__all__ = ["Kind", "Value", "comparable", "same", "values"]
