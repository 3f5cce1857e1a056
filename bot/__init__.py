"""Ruam, the reporting desk of a provincial office, run by e-mail."""

__version__ = "0.2.0"  # the one place that says it; the wheel takes it from here
