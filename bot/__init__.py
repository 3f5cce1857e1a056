"""Ruam, the reporting desk of a provincial office, run by e-mail."""
