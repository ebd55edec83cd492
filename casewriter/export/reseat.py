"""A figure or table is put elsewhere in the boxes of a page that is being laid out.

Its element moves in the page's tree; the elements whose rules of style depend on their neighbours are found, and their
boxes made again: a paragraph behind a figure is not indented. Where more than that would change, nothing is done, and
the page must be laid out from its source. Elements, rules and boxes are private to WeasyPrint; its version is pinned.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

LEAF = "data-leaf"
"""The attribute with the number of a block of the article."""


class BoxTree:
    """The boxes of a document, with the elements that they are made from."""

    def __init__(self, context: Any, root: Any, html: Any) -> None:
        self._context = context
        self._root = root
        self._html = html
        self._parents = {child: parent for parent in html.etree_element.iter() for child in parent}

    def divide(self, anchor: str) -> bool:
        """Let a table be divided between pages; return whether it can be."""
        place = self._place_of(self._named("id", anchor))
        if place is None:
            return False
        siblings, number = place
        box = siblings[number]
        box.style = box.style.copy()
        box.style["break_inside"] = "auto"
        return True

    def move(self, anchor: str, behind: int) -> bool:
        """Put the block of an anchor behind the one with a number; return False where more than boxes would change."""
        moving, before = self._named("id", anchor), self._named(LEAF, str(behind))
        places = self._place_of(moving), self._place_of(before)
        if moving is None or before is None or None in places or self._context.target_collector.counter_lookup_items:
            return False
        homes = (self._parents[moving], self._parents[before])
        rules, order = self._rules(homes), list(self._html.etree_element.iter())
        self._move_element(moving, before)
        changed = {element for element, found in self._rules(homes).items() if found != rules[element]}
        self._move_box(moving, before)
        behind_it = changed.isdisjoint(order[: order.index(moving)])  # what is before it may be on an earlier page
        return behind_it and all(self._make_again(element) for element in self._outermost(changed))

    def _named(self, attribute: str, value: str) -> Any:
        return next((one for one in self._html.etree_element.iter() if one.get(attribute) == value), None)

    def _place_of(self, element: Any) -> tuple[list[Any], int] | None:
        """Return the list that holds the box of an element, and its place there."""
        stack = [self._root]
        while stack:
            children = stack.pop().children
            for number, box in enumerate(children):
                if box.element is element and box.element_tag == element.tag:
                    return children, number
            stack.extend(children)
        return None

    def _rules(self, homes: tuple[Any, ...]) -> dict[Any, list[Any]]:
        """Return which rules apply to each element in some elements, and to those around them."""
        around = {one for home in homes for one in self._around(home)}
        rules: dict[Any, list[Any]] = {}
        stack = [self._wrapped()]
        while stack:
            wrapper = stack.pop()
            element = wrapper.etree_element
            rules[element] = [
                (pseudo, id(declarations), specificity)
                for sheet, _, _ in self._context.style_for._sheets
                for specificity, _, pseudo, declarations in sheet.matcher.match(wrapper)
            ]
            only = around if element in around and element not in homes else None
            stack += [one for one in wrapper.iter_children() if only is None or one.etree_element in only]
        return rules

    def _around(self, element: Any) -> Iterator[Any]:
        """Yield an element and those that it is in."""
        while element is not None:
            yield element
            element = self._parents.get(element)

    def _wrapped(self) -> Any:
        return type(self._html.wrapper_element).from_html_root(self._html.etree_element)

    def _move_element(self, moving: Any, before: Any) -> None:
        self._parents[moving].remove(moving)
        home = self._parents[moving] = self._parents[before]
        home.insert(list(home).index(before) + 1, moving)

    def _move_box(self, moving: Any, before: Any) -> None:
        siblings, number = self._required(moving)
        box = siblings.pop(number)
        siblings, number = self._required(before)
        siblings.insert(number + 1, box)

    def _required(self, element: Any) -> tuple[list[Any], int]:
        place = self._place_of(element)
        assert place is not None
        return place

    def _outermost(self, elements: set[Any]) -> list[Any]:
        return [one for one in elements if not any(up in elements for up in list(self._around(one))[1:])]

    def _make_again(self, element: Any) -> bool:
        """Make the box of an element again, as its rules are now; return False where it counts or holds more."""
        place = self._place_of(element)
        if place is None or element.tag not in ("p", "figure", "div", "dl") or self._is_home(element):
            return False
        boxes = self._boxes(element)
        if len(boxes) != 1 or any(_counts(box) for box in boxes[0].descendants()):
            return False
        siblings, number = place
        siblings[number] = boxes[0]
        return True

    def _is_home(self, element: Any) -> bool:
        """Return whether an element holds blocks of the article."""
        return any(one.get(LEAF) is not None for one in element.iter() if one is not element)

    def _boxes(self, element: Any) -> list[Any]:
        """Return the boxes of an element, with the styles that its rules give now."""
        from weasyprint.formatting_structure import build

        context, html = self._context, self._html
        boxes = build.element_to_box(
            element,
            self._styles(element),
            context.get_image_from_uri,
            html.base_url,
            context.target_collector,
            context.counter_style,
            [],
        )
        for box in boxes:
            box.process_whitespace()
            box.process_text_transform()
        return [build.create_anonymous_boxes(box) for box in boxes]

    def _styles(self, element: Any) -> Any:
        """Return the styles of an element, of what is in it and around it."""
        from weasyprint.css import StyleFor

        known, path = self._context.style_for, list(self._around(element))[::-1]

        def subtree() -> Iterator[Any]:
            wrapper = self._wrapped()
            for inner in path[1:]:
                yield wrapper
                wrapper = next(one for one in wrapper.iter_children() if one.etree_element is inner)
            yield from wrapper.iter_subtree()

        page = SimpleNamespace(
            etree_element=self._html.etree_element,
            base_url=self._html.base_url,
            wrapper_element=SimpleNamespace(iter_subtree=subtree),
        )
        styles = StyleFor(page, known._sheets, False, known.font_config, None)
        styles.initial_page_sizes.update(known.initial_page_sizes)
        return styles


def _counts(box: Any) -> bool:
    """Return whether a box changes a counter, is an item of a list, or may print a counter beside an element."""
    style = box.style
    counters = style["counter_increment"] not in ("auto", ()) or style["counter_reset"] or style["counter_set"]
    return bool(counters) or "list-item" in style["display"] or ("::" in (box.element_tag or "") and not _is_fixed(box))


def _is_fixed(box: Any) -> bool:
    """Return whether what stands before or behind an element is a word of the style sheet, such as a colon."""
    content = box.style["content"]
    return isinstance(content, str) or all(kind == "string" for kind, _ in content)
