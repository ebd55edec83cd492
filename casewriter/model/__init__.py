"""What a case is: frozen pydantic models without I/O, one small file for each clinical idea."""
