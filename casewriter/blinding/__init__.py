"""The copy without names: what identifies the authors is found, taken out of a case, and looked for in every file."""
