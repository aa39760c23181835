"""Makes the font of fillable forms anew: `python tools/form_font.py NotoSansSC_400Regular.ttf`.

The source is the static Regular of Noto Sans SC, as the npm package @expo-google-fonts/noto-sans-sc
carries it (`npm pack @expo-google-fonts/noto-sans-sc@0.4.3`, folder 400Regular); SOURCE is what it
hashes to. `standard_characters.txt` is the Table of General Standard Chinese Characters in the
order of its code points, as Unicode's Unihan database has it (property kTGH).
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from salesdocs.pdf.forms import font as forms_font
from salesdocs.pdf.forms.cut import cut, gb2312, signs

SOURCE = "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"
STANDARD = Path(__file__).with_name("standard_characters.txt")
WRITTEN = Path(forms_font.__file__).with_name("SalesdocsForm.ttf")


def characters() -> frozenset[int]:
    """Return the code points the font of forms holds."""
    standard = STANDARD.read_text(encoding="utf-8").split()
    return gb2312() | signs() | frozenset(map(ord, "".join(standard)))


def main(source: Path) -> None:
    """Write the font cut from `source`, if that is the file this was measured with."""
    data = source.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SOURCE:
        raise SystemExit(f"{source}: not the font we know ({found})")
    WRITTEN.write_bytes(cut(data, characters()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
