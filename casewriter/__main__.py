"""`python -m casewriter`: the same as the command `casewriter`."""

from casewriter.cli.app import main

main()
