"""What is due: arithmetic over the plan, the ledger and the time. Pure."""
