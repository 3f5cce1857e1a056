"""Ruam, the reporting desk of a provincial office, run by e-mail."""

import os

__version__ = "0.2.0"  # the one place that says it; the wheel takes it from here

# Without it, whoever first asks pythainlp for a word makes a folder in the user's home.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
