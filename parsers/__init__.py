"""Bytes to readings. Pure: knows no deadline, mailbox, database or clock."""
