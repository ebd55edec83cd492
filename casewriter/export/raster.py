"""A drawn picture at print resolution, for files that cannot hold a drawing, or journals that want none."""

from __future__ import annotations

from io import BytesIO

from casewriter.export.vetted import SCHEME, faces, fetcher
from casewriter.export.weasy import weasyprint
from casewriter.image import Picture

SVG = "image/svg+xml"
_PER_INCH = 25.4


def raster(picture: Picture, width: float, dpi: int = 300) -> Picture:
    """Return a drawing as PNG, so many millimetres wide; any other picture is returned as it is.

    300 dots per inch are what journals ask of pictures; they want 600 to 1,200 of line art.
    """
    if picture.media_type != SVG:
        return picture
    import pypdfium2

    pixels = round(width / _PER_INCH * dpi)
    document = pypdfium2.PdfDocument(drawing_as_pdf(picture, width))
    try:
        page = document[0]
        image = page.render(scale=pixels / page.get_width()).to_pil().convert("RGB")
        page.close()
    finally:
        document.close()
    out = BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return Picture(out.getvalue(), "image/png", image.width, image.height)


def drawing_as_pdf(picture: Picture, width: float) -> bytes:
    """Return a PDF whose one page is the drawing, so many millimetres wide."""
    height = width * picture.height / picture.width
    css = (
        f"@page {{ size: {width}mm {height}mm; margin: 0 }} body {{ margin: 0 }} svg {{ display: block; width: 100% }}"
    )
    drawing = picture.data.decode()
    fonts = faces(drawing, "en")
    html = f"<html><style>{fonts}{css}</style><body>{drawing}"
    return bytes(weasyprint().HTML(string=html, base_url=f"{SCHEME}:/", url_fetcher=fetcher({})).write_pdf())
