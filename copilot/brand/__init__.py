"""What a brand knows: `knowledge/<brand>/` read strictly, with every problem named by file, line and fix.

Texts in, models out: nothing here writes, knows the time, or reaches outside the folder it was given.
"""

from copilot.brand.catalog import brand_folder, brand_ids
from copilot.brand.clock import due_at, local_day, valid_facts
from copilot.brand.files import MENTIONS, PRECEDENTS, fingerprint, read_files
from copilot.brand.linting import LintFinding, lint
from copilot.brand.load import load_brand
from copilot.brand.mentions import load_mentions
from copilot.brand.precedents import load_precedents, write_precedents

__all__ = [
    "MENTIONS",
    "PRECEDENTS",
    "LintFinding",
    "brand_folder",
    "brand_ids",
    "due_at",
    "fingerprint",
    "lint",
    "load_brand",
    "load_mentions",
    "load_precedents",
    "local_day",
    "read_files",
    "valid_facts",
    "write_precedents",
]
