"""What a circular asks: its form, questions and their rules, and what may be wrong in them."""
