"""The ledger on SQLite or PostgreSQL: every mention, case, approval and send of every brand."""

from copilot.adapters.ledger.store import SqlBrandLedger, SqlLedger, open_ledger

__all__ = ["SqlBrandLedger", "SqlLedger", "open_ledger"]
