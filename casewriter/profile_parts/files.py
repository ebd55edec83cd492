"""The files that a journal asks for, and how they shall look."""

from typing import Literal

from casewriter.profile_parts.base import ProfilePart

TextFormat = Literal["docx", "pdf", "tex", "doc", "rtf", "web_form"]
FigureFormat = Literal["tiff", "eps", "jpeg", "pdf", "png", "svg", "gif", "bmp"]


class FigureFiles(ProfilePart):
    """The files of figures: whether apart from the text, formats (the preferred one first), resolution, colours.

    `dpi` is the least resolution of photographs, `line_dpi` that of drawings in black and white.
    """

    separate: bool | None = None
    formats: tuple[FigureFormat, ...] = ()
    dpi: int | None = None
    line_dpi: int | None = None
    colour: Literal["rgb", "cmyk"] | None = None
    note: str | None = None


class FilesPlan(ProfilePart):
    """The files of a submission; None where the journal's instructions say nothing, or nothing is known.

    `text` names the formats that are taken (`web_form`: the text is pasted into a form, section by section). `blinded`
    is `double` where the manuscript for review goes without names; in `single` blind review, reviewers know the
    authors. `checklist` is that of the guideline.
    """

    text: tuple[TextFormat, ...] = ()
    template: Literal["required", "offered"] | None = None
    title_page: Literal["separate", "first_page"] | None = None
    blinded: Literal["no", "single", "double"] | None = None
    tables: Literal["in_text", "end", "apart"] | None = None
    double_spacing: bool | None = None
    line_numbers: bool | None = None
    page_numbers: bool | None = None
    cover_letter: Literal["required", "optional"] | None = None
    checklist: Literal["required", "encouraged", "optional", "none"] | None = None
    figures: FigureFiles = FigureFiles()
    note: str | None = None
