"""Wishes: what a person asks for in words, understood. Text to a value; nothing is done here."""
