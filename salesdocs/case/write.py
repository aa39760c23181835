"""A case file written anew from what it states, for readers who may not see all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import yaml

_WIDTH: Final = 100


def case_file(tree: Mapping[str, Any]) -> bytes:
    """Return a case file that says exactly what `tree` says: texts, lists and blocks.

    Comments are gone with the text they stood in: nobody knows whom they were written for.
    """
    text: str = yaml.dump(
        dict(tree), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return text.encode()


class _Dumper(yaml.SafeDumper):
    """Writes each row anew: an alias would be a trap for those who edit."""

    def ignore_aliases(self, data: object) -> bool:
        return True
