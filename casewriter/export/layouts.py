"""The text of one style is set up for Pango once, and copied for every line that is tried or drawn.

WeasyPrint asks Pango for a new context, font and features for each of some thousand lines; a fifth of a layout went
there, since Pango then looks for the fonts anew. A copy of a layout that has no text yet shares all of that. What this
relies on is private to WeasyPrint: its version is pinned, and tests compare the pages with those of WeasyPrint alone
and ask which properties a layout depends on.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from casewriter.export.declared import COPY

LOOKS = (
    "direction",
    "lang",
    "font_language_override",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_kerning",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_feature_settings",
    "text_decoration_line",
)
"""The properties that a layout without text depends on, beside the families of its font, which are a list."""

_looks = itemgetter(*LOOKS)


def copy_layouts() -> None:
    """Let WeasyPrint copy the layouts of text, in every document of this process."""
    from weasyprint.text import ffi, line_break

    if not hasattr(line_break.Layout, "original"):
        ffi.ffi.cdef(COPY)
        line_break.Layout = _copying(line_break.Layout, ffi)


def _copying(original: Any, library: Any) -> Any:
    """Return WeasyPrint's class of layouts with a cheaper beginning."""
    copy, forget, owned = library.pango.pango_layout_copy, library.gobject.g_object_unref, library.ffi.gc

    class Copied(original):  # type: ignore[misc]
        """A layout whose beginning is copied from the first one of its style."""

        def setup(self, style: Any) -> None:
            """Begin without text, as `style` says."""
            beginnings = vars(style.font_config).setdefault("beginnings", {})
            look = (tuple(style["font_family"]), *_looks(style))
            try:
                begun = beginnings.get(look)
            except TypeError:  # a value that is no key, such as the set of two lines under a text
                super().setup(style)
                return
            if begun is None:
                begun = original.__new__(original)
                begun.setup(style)
                del begun.style  # it would keep the fonts of the document alive
                beginnings[look] = begun
            self.__dict__.update(vars(begun), style=style)
            self.layout = owned(copy(begun.layout), forget)

    Copied.original = original
    return Copied
