"""Everything the bot needs, examined."""
