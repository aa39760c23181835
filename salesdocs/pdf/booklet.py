"""A book from HTML and CSS: not a Word file, but laid out, tagged and finished in the same way."""

from __future__ import annotations

from salesdocs.pdf.machine import require


def printed_book(html: str, css: str) -> bytes:
    """Return a PDF/UA of an HTML document; it may fetch nothing.

    `css` names no family of text: those that are here, with Simplified forms, come before it.
    Raises PdfError where the machine cannot print.
    """
    require()
    # What these import may be absent from the machine: `require` has said so by now.
    import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415

    from salesdocs.pdf.engine import finish, install, nothing_else  # noqa: PLC0415
    from salesdocs.pdf.fonts import configuration, stack_here  # noqa: PLC0415
    from salesdocs.pdf.saving import finished  # noqa: PLC0415

    install()
    fonts = configuration()
    faces = (
        f"html {{ font-family: {stack_here('Liberation Sans', '黑体')} }}"
        f" pre, code {{ font-family: {stack_here('Liberation Mono', '黑体')} }}"
    )
    sheets = [weasyprint.CSS(string=text, font_config=fonts) for text in (faces, css)]
    document = weasyprint.HTML(string=html, url_fetcher=nothing_else, base_url="salesdocs:")
    pdf = document.write_pdf(
        stylesheets=sheets,
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        uncompressed_pdf=True,
        finisher=finish,
    )
    return finished(pdf)
