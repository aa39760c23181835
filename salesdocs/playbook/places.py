"""Where the pages of a playbook stand: the same places in every language."""

from __future__ import annotations

from typing import Final

from salesdocs.process.stages import Stage

HOME: Final = "index.md"
DOCUMENTS: Final = "documents/index.md"
ROLES: Final = "roles/index.md"
RULES: Final = "rules/index.md"
CLAUSES: Final = "clauses/index.md"
POLICY: Final = "policy.md"
GLOSSARY: Final = "glossary.md"
CALCULATIONS: Final = "calculations.md"


def stage_page(stage: Stage) -> str:
    """Return the page of a stage: `stages/5-contract.md`."""
    return f"stages/{stage.number}-{stage.id}.md"


def document_page(document: str) -> str:
    """Return the page of a kind of document."""
    return f"documents/{document}.md"


def role_page(role: str) -> str:
    """Return the page of a role."""
    return f"roles/{role}.md"


def group_page(rule: str) -> str:
    """Return the page of a rule's group: `rules/amt.md` of `AMT-01` and of `AMT`."""
    return f"rules/{rule[:3].lower()}.md"


def article_page(article: str) -> str:
    """Return the page of an article of the contract."""
    return f"clauses/{article}.md"


def term_anchor(term: str) -> str:
    """Return where a term stands in the glossary."""
    return f"term-{term}"
