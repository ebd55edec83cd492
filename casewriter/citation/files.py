"""Files of references: which reader reads them."""

from __future__ import annotations

from casewriter.citation.refusal import Found, Refused


def read_file(name: str, data: bytes) -> tuple[Found, Refused]:
    """Return the references of a file with their lines, and the records refused with line and reason."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [], [(line, f"byte {error.start} is not UTF-8: save the file as UTF-8")]
    if name.lower().endswith(".json") or text.lstrip().startswith(("[", "{")):
        from casewriter.citation.csl_json import read_csl_json

        return read_csl_json(text)
    from casewriter.citation.bibtex import read_bibtex

    return read_bibtex(text)
