"""The MkDocs plugin: a thin layer that hands the playbook to MkDocs."""

from salesdocs.plugin.plugin import SalesdocsPlugin

__all__ = ["SalesdocsPlugin"]
