"""Whether words are in a text as they are, not as a part of longer words."""

from __future__ import annotations


def holds_whole(text: str, words: str) -> bool:
    """Return whether a text holds words that no letter, digit or underscore touches: “day 1”, not in “day 12”.

    What a regular expression of the words would say; a program that reads many cases would have one made for each.
    """
    place = text.find(words)
    while place >= 0:
        before, behind = text[place - 1 : place] if place else "", text[place + len(words) : place + len(words) + 1]
        if not _is_of_word(before) and not _is_of_word(behind):
            return True
        place = text.find(words, place + 1) if place < len(text) else -1
    return False


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"
