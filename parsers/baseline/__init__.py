"""Staff's list of who had not done it at a day before a round."""
