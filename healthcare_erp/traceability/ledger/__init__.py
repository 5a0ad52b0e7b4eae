"""The stock-movement ledger: what callers send (intake), what is lawful (checks), one way in (recording), SQL (store)."""

from .recording import new_name, record, record_now, restore

__all__ = ["new_name", "record", "record_now", "restore"]
