"""The schema's history, run by `copilot.adapters.ledger.migrate` when a ledger is opened."""
