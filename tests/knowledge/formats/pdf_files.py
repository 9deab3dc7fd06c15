"""Small PDF files for the tests, written by hand: each page a list of lines."""


def pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF with these lines of text."""
    streams = ("\n".join(f"({_escaped(line)}) Tj T*" for line in lines) for lines in pages)
    return _pages([f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}\nET" for shown in streams])


def columns(left: list[str], right: list[str], *, across: bool) -> bytes:
    """Return a PDF of one page in two columns, written one after the other, or line by line `across` both."""
    cells = [(x, 780 - 14 * row, line) for x, side in ((50, left), (320, right)) for row, line in enumerate(side)]
    cells = sorted(cells, key=lambda cell: (-cell[1], cell[0])) if across else cells
    shown = "\n".join(f"1 0 0 1 {x} {y} Tm ({_escaped(line)}) Tj" for x, y, line in cells)
    return _pages([f"BT /F1 9 Tf\n{shown}\nET"])


def _pages(streams: list[str]) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for stream in streams:
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << /F1 {font} >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    return _file(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out + (table + trailer).encode("latin-1")
