"""The references of a case: read from what the author gives, asked about, and written into the case."""
