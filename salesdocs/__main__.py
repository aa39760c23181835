"""`python -m salesdocs` is the command line."""

from salesdocs.cli import main

main(prog_name="salesdocs")
