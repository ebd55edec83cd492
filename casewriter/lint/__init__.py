"""What is missing or wrong in a case: rules, each a function whose docstring is its manual page."""
