"""The file: parts and their relations, as python-docx keeps them; nothing in it but the article and its styles.

A reference file gives its styles, its page, its headers and feet. All else in it stays behind: who wrote it, where its
template lay, comments, notes, the history of its edits.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from casewriter.export.docx.wml import Element, clean, element, qualified
from casewriter.image import Picture
from casewriter.problem import CannotRun

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip file can hold: no file says when it was made."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEPT = ("styles", "numbering", "settings", "fontTable", "theme", "header", "footer", "webSettings")
"""What a document of a reference file relates to and keeps."""
_SETTINGS = (
    "w:zoom w:embedTrueTypeFonts w:saveSubsetFonts w:mirrorMargins w:defaultTabStop w:autoHyphenation "
    "w:consecutiveHyphenLimit w:hyphenationZone w:doNotHyphenateCaps w:evenAndOddHeaders w:characterSpacingControl "
    "w:compat w:themeFontLang w:clrSchemeMapping w:decimalSymbol w:listSeparator"
).split()
"""What is kept of the settings of a reference file: how its page is set."""
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATES = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


UNREADABLE = "the reference file cannot be read as a Word file (.docx); save it anew in Word"


class Package:
    """A Word file under way."""

    def __init__(self, reference: bytes | None) -> None:
        """Open our own empty file, or a reference file. Raises CannotRun where that cannot be read."""
        import docx

        try:
            self._document: Any = docx.Document(BytesIO(_as_document(reference)) if reference is not None else None)
        except Exception:  # noqa: BLE001 - whatever a reader raises on a stranger's file is this one answer
            raise CannotRun(UNREADABLE) from None
        self.is_ours = reference is None
        self._part: Any = self._document.part
        self._pictures: dict[str, str] = {}
        self.page: Element = self._document.sections[-1]._sectPr
        self._forget()

    def _forget(self) -> None:
        """Drop all that is neither style nor page."""
        for key, one in list(self._part.rels.items()):
            if one.reltype.rpartition("/")[2] not in _KEPT:
                self._part.rels.pop(key)
        package = self._part.package
        for key, one in list(package.rels.items()):
            if not one.reltype.endswith(("/officeDocument", "/core-properties")):
                package.rels.pop(key)
        settings = self._document.settings.element
        for child in list(settings):
            if not any(child.tag == qualified(name) for name in _SETTINGS) or self.is_ours:
                settings.remove(child)
        of_settings = self._part._settings_part.rels  # python-docx shows the element alone
        for key in list(of_settings):
            of_settings.pop(key)  # where its template lay, with the name of who made it
        if self.is_ours:
            self._settings(settings)

    @staticmethod
    def _settings(settings: Element) -> None:
        compatible = [
            element("w:compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
            for name, value in (("compatibilityMode", 15), ("enableOpenTypeFeatures", 1))
        ]
        settings.append(element("w:defaultTabStop", val=720))
        settings.append(element("w:characterSpacingControl", val="doNotCompress"))
        settings.append(element("w:compat", *compatible))

    @property
    def styles(self) -> Element:
        """The root of the styles."""
        return self._document.styles.element

    @property
    def numbering(self) -> Element:
        """The root of the lists' numbering; ours begins empty, and so does that of a reference file without lists."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.parts.numbering import NumberingPart

        if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in self._part.rels.values()):
            place, kind = PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING
            part = NumberingPart(place, kind, element("w:numbering"), self._part.package)
            self._part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        root = self._part.numbering_part.element
        if self.is_ours:
            for child in list(root):
                root.remove(child)
        return root

    def link(self, href: str) -> str:
        """Return the relationship of a link out of the file."""
        return str(self._part.relate_to(href, f"{_OFFICE}/hyperlink", is_external=True))

    def embed(self, picture: Picture) -> str:
        """Return the relationship of a picture, which is kept once."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if picture.digest not in self._pictures:
            name = PackURI(f"/word/media/picture{len(self._pictures) + 1}.{_SUFFIXES[picture.media_type]}")
            part = Part(name, picture.media_type, picture.data, self._part.package)
            self._pictures[picture.digest] = str(self._part.relate_to(part, f"{_OFFICE}/image"))
        return self._pictures[picture.digest]

    def running(self, head: Element, foot: Element, nothing: Element) -> None:
        """Put a running head and foot on each page; the first has its foot alone. Those of a reference file stay."""
        if any(one.tag.endswith(("}headerReference", "}footerReference")) for one in self.page):
            return
        section = self._document.sections[-1]
        section.different_first_page_header_footer = True
        _fill(section.header._element, head)
        _fill(section.footer._element, foot)
        _fill(section.first_page_footer._element, foot)
        _fill(section.first_page_header._element, nothing)

    def finish(self, contents: list[Element], page: Element, properties: dict[str, str]) -> bytes:
        """Return the file with its contents and properties; the same file from the same input."""
        body = self._document.element.body
        for child in list(body):
            body.remove(child)
        body.extend((*contents, page))
        self._properties(properties)
        made = BytesIO()
        self._document.save(made)
        return _same_bytes(made.getvalue())

    def _properties(self, properties: dict[str, str]) -> None:
        """Set what the file says of itself: nothing but what the case says."""
        root = self._document.core_properties._element
        for child in list(root):
            root.remove(child)
        for name, value in properties.items():
            if value:
                etree.SubElement(root, name).text = clean(value)


def _as_document(reference: bytes) -> bytes:
    """Return a reference file as a document: journals hand out templates (.dotx), which differ in one word."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(reference)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "[Content_Types].xml":
                for kind in _TEMPLATES:
                    content = content.replace(kind, _DOCUMENT)
            after.writestr(name, content)
    return made.getvalue()


def _fill(root: Element, paragraph: Element) -> None:
    for child in list(root):
        root.remove(child)
    root.append(_copied(paragraph))


def _copied(one: Element) -> Element:
    return etree.fromstring(etree.tostring(one))


def _same_bytes(data: bytes) -> bytes:
    """Return a zip file without times, its files in one order, packed alike."""
    with zipfile.ZipFile(BytesIO(data)) as before:
        files = {name: before.read(name) for name in before.namelist()}
    made = BytesIO()
    first = "[Content_Types].xml"  # readers look for it at the start
    with zipfile.ZipFile(made, "w") as after:
        for name in sorted(files, key=lambda name: (name != first, name)):
            one = zipfile.ZipInfo(name, _EARLIEST)
            packed = not name.endswith((".png", ".jpg"))
            one.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            one.external_attr = 0o600 << 16
            after.writestr(one, files[name])
    return made.getvalue()
