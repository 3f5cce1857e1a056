"""How organisations are written, and which one of the roster a written name means."""
