"""Compiles a Word template once, so that rendering is evaluating and zipping.

docxtpl's own preprocessing makes the tags ready for Jinja's parser, so that templates mean here
what they mean there; everything that depends on the template alone happens here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from hashlib import sha256
from typing import Final

from docxtpl import DocxTemplate
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from salesdocs.errors import TemplateError
from salesdocs.findings import Finding, Phrase
from salesdocs.word import jinja
from salesdocs.word.anchors import TAG, Marked, Spot, mark
from salesdocs.word.check import text_of
from salesdocs.word.filters import FORMATS, filters_for
from salesdocs.word.generate import Generated, Refusal, generate
from salesdocs.word.ooxml import CUSTOM_PART, DOCUMENT_PART, NUMBERING_PART
from salesdocs.word.package import Member, frame, read_members
from salesdocs.word.seal import RELATIONS_PART, TYPES_PART, with_seal
from salesdocs.word.template import Numbering, Part, Template, Use, part_function

_TAGGED: Final = re.compile(rb"\{_?[{%#]|\{(?:<[^>]*>)+[{%#]")
# Parts whose XML can hold tags, beside the body: everything a reader or a search can see.
RENDERED: Final = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|charts/chart\d*)\.xml"
    r"|docProps/(?:core|custom|app)\.xml"
)
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_LINES: Final = re.compile(r"<w:p[ >]|<!--paragraph ")
_PARAGRAPHS: Final = re.compile(r"<!--paragraph (\d+)-->")
_ANCHORS: Final = re.compile(r"<!--(?P<end>/?)anchor (?P<number>\d+)-->")
_RAW: Final = re.compile(r"\{%[-+]?\s*raw\b")
_COLUMNS: Final = re.compile(r"\{[%{]tc\s|\{%\s*(?:hm|colspan)\b")


def compile_template(package: bytes, name: str) -> Template:
    """Return the compiled template of a Word file; `name` is what findings call it.

    Raises TemplateError with every problem found, each with its place in Word's terms.
    """
    members = read_members(package, name)
    unfit = _unfit(members, name)
    if unfit:
        raise TemplateError(unfit)
    members = with_seal(members)
    static: list[Member] = []
    parts: list[Part] = []
    uses: list[Use] = []
    findings: list[Finding] = []
    needs_numbering = False
    occurrences: dict[str, int] = {}
    for member in members:
        content = member.content if RENDERED.fullmatch(member.name) else b""
        if not _TAGGED.search(content) and member.name != DOCUMENT_PART:
            static.append(member)
            continue
        try:
            part, generated = _compile_part(member.name, content, name, occurrences)
        except TemplateError as problem:
            findings += problem.findings
            continue
        parts.append(part)
        uses += _uses(part, generated)
        needs_numbering = needs_numbering or generated.restarts
    if findings:
        raise TemplateError(findings)
    static, numbering = _take_numbering(static, needs_numbering)
    seal = next(part for part in parts if part.name == CUSTOM_PART)
    parts.remove(seal)
    return Template(
        name,
        sha256(package).hexdigest(),
        frame(static),
        tuple(parts),
        seal,
        tuple(use for use in uses if use.part != CUSTOM_PART),
        numbering,
        _own_text(members),
    )


def _unfit(members: list[Member], file: str) -> list[Finding]:
    """Return why `members` are no document, or one with tags where none can be filled."""
    missing = {DOCUMENT_PART, TYPES_PART, RELATIONS_PART} - {member.name for member in members}
    if missing:
        names = ", ".join(sorted(missing))
        message = Phrase(f"不是完好的 Word 文件：缺少 {names}", f"no Word file: {names} missing")
        hint = Phrase(
            "请在桌面版 Word 或 WPS 中打开后另存为 .docx",
            "open it in Word or WPS on a desktop and save it as .docx",
        )
        return [Finding("error", message, "TPL-01", file=file, hint=hint)]
    if any(each.name == CUSTOM_PART and _TAGGED.search(each.content) for each in members):
        message = Phrase("自定义属性中不能写标签", "custom properties cannot hold tags")
        hint = Phrase(
            "把标签移到正文、页眉或内置属性（标题、主题）中",
            "move the tag to the text, a header or a built-in property (title, subject)",
        )
        return [Finding("error", message, "TPL-13", file=file, hint=hint)]
    return []


def _own_text(members: list[Member]) -> str:
    """Return what the template says itself, without its tags."""
    texts = (text_of(m.content) for m in members if RENDERED.fullmatch(m.name))
    return TAG.sub("\n", "\n".join(texts))


def _compile_part(
    part: str, content: bytes, file: str, occurrences: dict[str, int]
) -> tuple[Part, Generated]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as problem:
        detail = Phrase(f"{part} 不是完好的 XML：{problem}", f"{part} is not sound XML: {problem}")
        raise TemplateError([Finding("error", detail, "TPL-01", file=file)]) from problem
    marked = mark(root)
    xml = etree.tostring(root, encoding="unicode")
    # docxtpl's own trick: a line per paragraph, so that a line number of Jinja's names a place.
    patched = _DECLARATION + _LINES.sub(r"\n\g<0>", _unescaped(DocxTemplate("").patch_xml(xml)))
    places = _places(patched, marked)
    try:
        tree = Environment(autoescape=True).parse(patched)
    except TemplateSyntaxError as problem:
        finding = _syntax_finding(problem.message or "", places, problem.lineno, part, file)
        raise TemplateError([finding]) from problem
    generated = generate(tree, _sound_marks(patched), _first_bookmark(xml), FORMATS, occurrences)
    # The body of a loop is written twice, with bookmarks and without.
    refusals = list(dict.fromkeys([*generated.refusals, *unknown_names(tree)]))
    if refusals:
        raise TemplateError([_refused(each, places, part, file) for each in refusals])
    try:
        code = compile(generated.source, f"<{file} {part}>", "exec")
    except SyntaxError as problem:  # such as an argument named by a word of Python's
        line = generated.lines[(problem.lineno or 1) - 1]
        finding = _syntax_finding(problem.msg, places, line, part, file)
        raise TemplateError([finding]) from problem
    facts = (
        _text_properties(generated, marked),
        tuple(generated.labels),
        tuple(generated.lines),
        {line: _both(_where(spot, part)) for line, spot in places.items()},
        bool(_COLUMNS.search(xml)),
    )
    return Part(part, code, *facts, part_function(code)), generated


def _places(patched: str, marked: Marked) -> dict[int, Spot]:
    """Return for each line of the preprocessed part the paragraph of the template it stems from."""
    places: dict[int, Spot] = {}
    last: Spot | None = None
    for number, line in enumerate(patched.split("\n"), 1):
        found = _PARAGRAPHS.search(line)
        if found:
            last = marked.spots[int(found[1])]
        if last is not None:
            places[number] = last
    return places


def _unescaped(patched: str) -> str:
    """Return the part with the `&` in tags as their author wrote it; docxtpl forgets this one."""
    if _RAW.search(patched):
        return patched
    return TAG.sub(lambda tag: tag[0].replace("&quot;", '"').replace("&amp;", "&"), patched)


def unknown_names(tree: nodes.Template) -> Iterator[Refusal]:
    """Yield a refusal for each filter and test in `tree` that neither we nor Jinja have."""
    known = frozenset(filters_for("zh")) | jinja.names()
    for node in tree.find_all(nodes.Filter):
        if node.name not in known:
            near = get_close_matches(node.name, sorted(known), n=1)
            guess = near[0] if near else ", ".join(sorted(FORMATS))
            yield Refusal(
                node.lineno,
                "TPL-33",
                Phrase(f"没有过滤器“{node.name}”", f"there is no filter “{node.name}”"),
                Phrase(f"是否指 {guess}", f"did you mean {guess}?"),
            )
    for test in tree.find_all(nodes.Test):
        if test.name not in jinja.test_names():
            yield Refusal(
                test.lineno,
                "TPL-33",
                Phrase(f"没有测试“is {test.name}”", f"there is no test “is {test.name}”"),
                Phrase("用 is none、is defined 等", "use is none, is defined …"),
            )


def _sound_marks(patched: str) -> set[int]:
    """Return the anchors that preprocessing left whole: one value between beginning and end."""
    sound: set[int] = set()
    begun, position = "", 0
    for found in _ANCHORS.finditer(patched):
        between = patched[position : found.start()]
        if found["end"] and found["number"] == begun and "{%" not in between:
            sound.add(int(begun))
        begun, position = "" if found["end"] else found["number"], found.end()
    return sound


def _first_bookmark(xml: str) -> int:
    taken = [int(number) for number in re.findall(r'<w:bookmarkStart [^>]*w:id="(\d+)"', xml)]
    return max(taken, default=0)


def _text_properties(generated: Generated, marked: Marked) -> tuple[str, ...]:
    """Return the run properties of each printed tag: those of its anchor, in document order."""
    return tuple(marked.runs[anchor] if anchor is not None else "" for anchor in generated.anchors)


def _uses(part: Part, generated: Generated) -> list[Use]:
    uses = (
        Use(
            printed.path,
            printed.filters,
            printed.is_loop,
            part.name,
            Phrase(*part.spots.get(printed.line, (part.name, part.name))),
            printed.option,
        )
        for printed in generated.printed
    )
    return list(dict.fromkeys(uses))


def _where(spot: Spot | None, part: str) -> Phrase:
    """Return the place in words; outside the body the part is named too."""
    if spot is None:
        return Phrase(part, part)
    prefix = "" if part == DOCUMENT_PART else f"{part} "
    return Phrase(f"{prefix}{spot.zh()}", f"{prefix}{spot.en()}")


def _both(place: Phrase) -> tuple[str, str]:
    return place.zh, place.en


def _refused(refusal: Refusal, places: dict[int, Spot], part: str, file: str) -> Finding:
    where = _where(places.get(refusal.line), part)
    message = Phrase(f"{where.zh}：{refusal.message.zh}", f"{where.en}: {refusal.message.en}")
    return Finding("error", message, refusal.rule, file=file, hint=refusal.hint)


def _syntax_finding(
    message: str, places: dict[int, Spot], line: int, part: str, file: str
) -> Finding:
    where = _where(places.get(line), part)
    return Finding(
        "error",
        Phrase(f"{where.zh}：标签语法错误：{message}", f"{where.en}: tag syntax: {message}"),
        "TPL-02",
        file=file,
        hint=Phrase(
            "检查标签是否成对（for/endfor、if/endif）、括号是否写全",
            "check that tags come in pairs (for/endfor, if/endif) and are closed",
        ),
    )


def _take_numbering(
    static: list[Member], needs_numbering: bool
) -> tuple[list[Member], Numbering | None]:
    """Take the numbering part out of the static members where lists must begin anew."""
    found = next((m for m in static if m.name == NUMBERING_PART), None)
    xml = found.content.decode() if needs_numbering and found is not None else ""
    if "</w:num>" not in xml:
        return static, None
    last = xml.rindex("</w:num>") + len("</w:num>")
    abstracts = {
        int(number): int(abstract)
        for number, abstract in re.findall(
            r'<w:num [^>]*w:numId="(\d+)"[^>]*>\s*<w:abstractNumId w:val="(\d+)"/>', xml
        )
    }
    numbering = Numbering(
        xml[:last].encode(), xml[last:].encode(), max(abstracts, default=0) + 1, abstracts
    )
    return [member for member in static if member is not found], numbering
