"""`python -m salesdocs` is the command line."""

from salesdocs.cli import run

run()
