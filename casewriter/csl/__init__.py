"""A processor of the Citation Style Language 1.0.2: styles and CSL-JSON items in, formatted text out; knows no case."""
