"""Article -> named bytes: HTML and PDF."""
