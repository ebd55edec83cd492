"""Records of references: read from files and pasted lists, identified, compared, merged and written."""
