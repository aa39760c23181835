"""One deal: read from its file, typed, with the place of every value."""
