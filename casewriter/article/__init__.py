"""Case and profile -> Article: the case told as a paper, numbered once."""
