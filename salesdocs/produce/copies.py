"""The data of a case that go with a document into the archive: as its reader may see them."""

from __future__ import annotations

from typing import Final

from salesdocs.case.company import COMPANY_FILE
from salesdocs.case.write import case_file
from salesdocs.errors import DocumentError
from salesdocs.findings import Finding, Phrase
from salesdocs.process.fields import AUDIENCES, Audience
from salesdocs.produce.dossier import Dossier
from salesdocs.rules.secrets import leaks

CASE_FILE: Final = "case.yaml"


def case_copies(dossier: Dossier, audience: Audience) -> dict[str, bytes]:
    """Return by name the files of the case for `audience`: they read back as what they may see.

    Who may see everything gets the files as they were written, comments and all; others one file
    that states what is left, the company's facts among it. Raises DocumentError when something that
    customers may not see stands in a value that they may.
    """
    if audience == AUDIENCES[-1]:
        loaded = dossier.loaded
        sources = {CASE_FILE: loaded.source, COMPANY_FILE: loaded.company}
        return {name: source.written.encode() for name, source in sources.items() if source}
    copy = case_file(dossier.tree_for(audience))
    if audience == "customer":
        said = {CASE_FILE: copy.decode()}
        found = dict.fromkeys(path for path, _ in leaks(said, dossier.secrets(audience)))
        if found:
            raise DocumentError([_leak(dossier, path) for path in found])
    return {CASE_FILE: copy}


def _leak(dossier: Dossier, path: str) -> Finding:
    file, place = dossier.loaded.place(path)
    message = Phrase(
        "内部信息也写在对方能看到的字段里，存档副本未生成",
        "an internal value also stands in a field they see; no archive copy was made",
    )
    hint = Phrase("检查对外字段是否抄入了内部内容", "look for the value in fields they see")
    return Finding("error", message, "NEG-03", path, file, *place, hint=hint)
