"""The sales process as data: stages, documents, policy, read from a library folder."""
