"""Makes elements of Word's XML: one short call per element, namespaces spelled once."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_SCHEMAS = "http://schemas.openxmlformats.org"
NAMESPACES = {
    "w": f"{_SCHEMAS}/wordprocessingml/2006/main",
    "r": f"{_SCHEMAS}/officeDocument/2006/relationships",
    "wp": f"{_SCHEMAS}/drawingml/2006/wordprocessingDrawing",
    "a": f"{_SCHEMAS}/drawingml/2006/main",
    "c": f"{_SCHEMAS}/drawingml/2006/chart",
    "pic": f"{_SCHEMAS}/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "cp": f"{_SCHEMAS}/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "ep": f"{_SCHEMAS}/officeDocument/2006/extended-properties",
    "ct": f"{_SCHEMAS}/package/2006/content-types",
    "rel": f"{_SCHEMAS}/package/2006/relationships",
}
_QUALIFIED = frozenset({"w"})  # in the other namespaces attributes carry no prefix


def qualified(name: str) -> str:
    """Return `w:p` as `{namespace}p`; a name without prefix as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def make(tag: str, *children: Element | str | None, **attributes: str | float) -> Element:
    """Return the element `tag` with `children`; text joins on, `None` is left out.

    Attributes take the prefix of the tag where its namespace wants one; an attribute of another
    namespace is given with its prefix: `make("a:blip", **{"r:embed": "rId1"})`.
    """
    prefix = tag.partition(":")[0]
    element = etree.Element(qualified(tag), nsmap={prefix: NAMESPACES[prefix]})
    for name, value in attributes.items():
        own = f"{prefix}:{name}" if prefix in _QUALIFIED and ":" not in name else name
        element.set(qualified(own), str(value))
    for child in children:
        if isinstance(child, str):
            _append_text(element, child)
        elif child is not None:
            element.append(child)
    return element


def make_root(tag: str, prefixes: str, *children: Element | str | None) -> Element:
    """Return `tag` as the root of a part that declares the blank-separated `prefixes`."""
    root = etree.Element(
        qualified(tag), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes.split()}
    )
    for child in children:
        if isinstance(child, str):
            _append_text(root, child)
        elif child is not None:
            root.append(child)
    return root


def unveiled(xml: str) -> Element:
    """Return a comment that becomes `xml` when the template is filled.

    For tags where Word takes only numbers or days: a template in which they stood free would not
    open in Word. The two dashes that end the comment are printed, because none may stand in it.
    """
    return etree.Comment(f'{{{{ "-" ~ "-" }}}}>{xml}<!{{{{ "-" ~ "-" }}}}')


def statement(said: str, where: str = "") -> str:
    """Return the tag of a statement: `{%p if x %}` for a paragraph `p`, a row `tr`, a run `r`.

    Raises ValueError where it holds `%` or `}`: the templates' reader takes either for its end.
    """
    if "%" in said or "}" in said:
        raise ValueError(f"a condition or loop holds neither % nor }}, try `is even`: {said}")
    return f"{{%{where} {said} %}}"


def serialise(root: Element, default: str = "") -> bytes:
    """Return the part as UTF-8 with its declaration; `default` is the prefix to write without."""
    if default:
        root = _with_default_namespace(root, NAMESPACES[default])
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _with_default_namespace(root: Element, namespace: str) -> Element:
    """Package parts are written with a default namespace: some readers expect no prefix there."""
    nsmap = {None if uri == namespace else prefix: uri for prefix, uri in root.nsmap.items()}
    renewed = etree.Element(root.tag, dict(root.attrib), nsmap=nsmap)
    renewed.text = root.text
    renewed.extend(list(root))
    return renewed
