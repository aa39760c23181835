"""The fingerprint of a contract: of its own words, whoever signs them when, and in which version.

A template prints it as `document.fingerprint`. While the parts are filled a token stands in its
place; then the text is known, is hashed with the token in it, and the token is replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from salesdocs.findings import Finding, Language, Phrase
from salesdocs.word.counted import counted_text
from salesdocs.word.ooxml import DOCUMENT_PART
from salesdocs.word.render import evaluate

if TYPE_CHECKING:
    from salesdocs.produce.dossier import Dossier

_GROUPS: Final = 4
_WIDTH: Final = 4
# As wide as what takes its place; characters for private use stand in no case.
TOKEN: Final = "\ue000" * (_GROUPS * _WIDTH + _GROUPS - 1)
UNFINISHED: Final = Phrase("合同有缺项，未生成，不得用印", "none, the contract has gaps: no seal")
CONTRACT: Final = "contract"


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def shown(digest: str) -> str:
    """Return the first sixteen digits in groups of four, as papers print them."""
    head = digest[: _GROUPS * _WIDTH].upper()
    return "-".join(head[place : place + _WIDTH] for place in range(0, len(head), _WIDTH))


def same(written: str, digest: str) -> bool:
    """Return whether what people wrote down is this fingerprint, short or whole."""
    plain = "".join(character for character in written.lower() if character.isalnum())
    return len(plain) >= _GROUPS * _WIDTH and digest.startswith(plain)


def own_digest(rendered: Mapping[str, bytes]) -> str | None:
    """Return the digest of the filled parts' counted text; None where no text counts."""
    text = counted_text(rendered[DOCUMENT_PART])
    return digest_of(text) if text else None


def printed_digest(document: bytes, printed: str) -> str:
    """Return the digest of the body of a finished file that prints the fingerprint `printed`.

    A file is unchanged when `shown` of it is what it prints.
    """
    return digest_of(counted_text(document).replace("".join(printed.split()), TOKEN))


def prints_fingerprint(rendered: Mapping[str, bytes]) -> bool:
    """Return whether any of the filled parts waits for the fingerprint."""
    token = TOKEN.encode()
    return any(token in xml for xml in rendered.values())


def stamped(rendered: Mapping[str, bytes], said: str) -> dict[str, bytes]:
    """Return the parts with `said` in place of the token."""
    token, text = TOKEN.encode(), said.encode()
    return {name: xml.replace(token, text) for name, xml in rendered.items()}


def contract_digest(dossier: Dossier, lang: Language = "zh") -> str | None:
    """Return the digest of the contract that the case gives today.

    None while a value it needs is missing, or where nobody says where its template is.
    """
    template = dossier.template(CONTRACT, lang)
    if template is None:
        return None
    paper = next(iter(dossier.papers(ids=[CONTRACT], lang=lang)), None)
    if paper is None or dossier.missing_for(paper, template):
        return None
    context, _ = dossier.context(paper, lang=lang)
    return own_digest(evaluate(template, context, lang=lang))


def approval_finding(dossier: Dossier, digest: str) -> Finding | None:
    """Return what is wrong when another text than that of `digest` was approved; None if nothing.

    As long as nobody has written down what was approved, there is nothing to compare.
    """
    approved = dossier.loaded.case.contract.approval_form.final_hash
    if approved is None or same(approved, digest):
        return None
    path = "contract.approval_form.final_hash"
    file, place = dossier.loaded.place(path)
    today = shown(digest)
    return Finding(
        "error",
        Phrase(
            f"合同文本与审批的文本不一致：审批 {approved}，现在 {today}",
            f"the contract is not the text that was approved: {approved} then, {today} now",
        ),
        "APR-05",
        path,
        file,
        *place,
        hint=Phrase(
            "改回审批时的文本，或重新审批并登记新的文本指纹",
            "restore the approved text, or have this one approved and write down its fingerprint",
        ),
    )


def contract_findings(dossier: Dossier, lang: Language = "zh") -> list[Finding]:
    """Return what is wrong with the contract's text against what was approved, for `check`."""
    digest = contract_digest(dossier, lang)
    found = approval_finding(dossier, digest) if digest else None
    return [found] if found else []
