"""Rules of the ledger and the trace: which movements are lawful, where units went, which lots go first."""
