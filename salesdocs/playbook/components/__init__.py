"""What the directives of a page say: a module per subject, a function per directive."""

from salesdocs.playbook.components import (
    calculations,
    clauses,
    documents,
    policies,
    roles,
    rules,
    stages,
    terms,
)
from salesdocs.playbook.components.registry import expanded

__all__ = [
    "calculations",
    "clauses",
    "documents",
    "expanded",
    "policies",
    "roles",
    "rules",
    "stages",
    "terms",
]
