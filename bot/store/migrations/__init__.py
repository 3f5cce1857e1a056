"""How the tables of the books came to be, step by step. Run by ``bot.store.database`` whenever the books are opened."""
