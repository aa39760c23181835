"""The last step of every PDF of ours: written the same way for the same content, and sealed."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from salesdocs.pdf.own import sealed
from salesdocs.pdf.slim import slim_fonts


def finished(pdf: bytes) -> bytes:
    """Return what an engine made as a PDF of ours, its fonts without what nobody draws."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        if b"/OpenType" in pdf:  # what no object needs be looked through for
            slim_fonts(opened)
        return saved(opened)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the PDF as bytes of ours: the same for the same content, and sealed."""
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]  # its first half would stay, which LibreOffice throws dice for
    file = BytesIO()
    pdf.save(
        file,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return sealed(file.getvalue())
