"""The command ``ruam``."""
