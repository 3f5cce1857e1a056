"""How the tables of the books came to be, step by step. Run by ``bot.store.database`` whenever the books are opened.

A new step is a module in ``versions`` written by hand after the last one; a test tells whether it leads to the schema.
"""
