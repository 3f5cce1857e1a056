"""Rows to answers and findings."""
