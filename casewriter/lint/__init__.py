"""What a case lacks: rules, each a function whose docstring is its manual page."""
