"""What the program does to cases, whoever asks for it: check, build, watch, start, fix, and change references.

The work knows no command line and prints nothing: it returns values, and reports its progress through the functions
that it is given.
"""
