"""Thai text and Thai dates: one spelling, digits, the years of every era."""
