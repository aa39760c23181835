"""Forms that can be filled in: what their fields are, how they are made, and how they are read.

A form is the blank Word form, printed; each value it leaves open becomes a field that carries the
case path as its name. Signatures stay paper.
"""
