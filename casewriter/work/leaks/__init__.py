"""Searching a file for what is withheld: its text, its properties, and everything that is packed into it."""
