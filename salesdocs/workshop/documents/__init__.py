"""The document kinds: one module each, named by its id, holding its `LAYOUT`."""
