"""Which circular a mail answers, for which period, and which of several versions counts."""
