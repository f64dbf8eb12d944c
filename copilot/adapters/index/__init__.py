"""Search over one brand's knowledge, by meaning (Chroma) and by words (SQLite FTS5), in directories that never change.

``<root>/<brand>/gen-<number>-<digest>/`` holds one generation. A change is built beside the current one and becomes
current when the ledger's pointer moves, so readers in any process see the old one or the new one and never a mixture.
"""

from copilot.adapters.index.chroma_index import ChromaBrandIndex, ChromaIndex

__all__ = ["ChromaBrandIndex", "ChromaIndex"]
