"""The words that generated cases are made of: sentences with slots, drawn by a seeded generator."""

from __future__ import annotations

import random
import re

SENTENCES = (
    "The {organ} was {state} at the {ordinal} visit, and {measure} had {moved} without a change of {drug}.",
    "In a {design} of {count} patients, {event} was more frequent after {drug} than after {drug2}{cite}.",
    "Because {event} persisted, {drug} was reduced and {drug2} introduced under weekly control of {measure}.",
    "{Other} had been tolerated for {span}, which made it an improbable cause of the {event}.",
    "The biopsy of the skin showed a perivascular infiltrate of lymphocytes with isolated eosinophils.",
    "No reactivation of herpesviruses was found, although it had been sought at two points of the course.",
    "Several authors regard {event} as a late sequel and recommend laboratory tests at fixed times{cite}.",
    "After {span} the {organ} had recovered, while {measure} remained {state} until the end of follow-up.",
    "The differential diagnosis comprised infection, lymphoproliferative disease and {event}{cite}.",
    "Whether {drug} should be continued in the presence of {event} has not been studied prospectively.",
    "{Measure} returned to the reference range within {span}, in parallel with the clinical improvement.",
    "A retrospective review attributed {event} to {drug} in {count} of its cases{cite}.",
    "Echocardiography and pulmonary function were normal, and no further investigation was thought necessary.",
    "The patient reported fatigue and arthralgia but remained independent in all activities of daily living.",
    "Immunohistochemistry was uninformative, since the sample had been taken {span} after the onset.",
    "Treatment with {drug} is supported by uncontrolled observations only, the largest of {count} patients{cite}.",
    "An interdisciplinary conference recommended {drug2} as the next step, to which the patient agreed.",
    "The interval of {span} between exposure and {event} corresponds to published experience{cite}.",
    "Since {measure} was {state}, a toxic effect of {drug} on the {organ} could not be excluded.",
    "Withdrawal of {drug} was followed by a transient deterioration, then by steady improvement of the {organ}.",
)
SLOTS: dict[str, tuple[str, ...]] = {
    "organ": ("liver", "skin", "thyroid gland", "left kidney", "myocardium", "bone marrow", "oral mucosa", "spleen"),
    "state": ("unremarkable", "moderately elevated", "slightly reduced", "markedly abnormal", "unchanged"),
    "ordinal": ("first", "second", "third", "fourth", "fifth", "last"),
    "measure": ("alanine aminotransferase", "the eosinophil count", "serum creatinine", "C-reactive protein",
                "thyroid-stimulating hormone", "the platelet count", "urinary protein"),
    "moved": ("doubled", "fallen by half", "normalised", "risen further", "stabilised"),
    "drug": ("prednisolone", "hydroxychloroquine", "mycophenolate mofetil", "ciclosporin", "azathioprine",
             "methotrexate", "intravenous immunoglobulin", "allopurinol"),
    "drug2": ("tacrolimus", "rituximab", "dapsone", "colchicine", "febuxostat", "clobetasol ointment"),
    "other": ("hydroxychloroquine", "mycophenolate mofetil", "azathioprine", "methotrexate"),
    "event": ("autoimmune thyroiditis", "interstitial nephritis", "eosinophilic myocarditis", "hyperglycaemia",
              "cytopenia", "cholestatic hepatitis", "a widespread exanthema"),
    "design": ("retrospective series", "prospective registry", "nationwide survey", "case–control study"),
    "span": ("two weeks", "ten days", "four months", "half a year", "five weeks", "three months"),
}  # fmt: skip


class Writer:
    """Writes sentences and paragraphs from a seed, placing the citations that it was given, in order."""

    def __init__(self, rng: random.Random, keys: list[str] | None = None, scale: int = 1) -> None:
        self.rng = rng
        self.scale = scale
        self.waiting = list(keys or ())
        self.used: list[str] = []

    def paragraphs(self, words: int, each: int = 90) -> str:
        """Return paragraphs of about `each` words, `words` in all, times the scale of the case."""
        words *= self.scale
        found: list[str] = []
        while words > 0:
            text = self._paragraph(min(each, words))
            words -= len(text.split())
            found.append(text)
        return "\n\n".join(found) + "\n"

    def sentence(self) -> str:
        """Return one sentence."""
        return self.filled(self.rng.choice(SENTENCES))

    def filled(self, text: str) -> str:
        """Return a text with its slots filled."""
        return re.sub(r"\{(\w+)\}", self._fill, text)

    def _paragraph(self, words: int) -> str:
        sentences: list[str] = []
        while sum(len(s.split()) for s in sentences) < words:
            sentences.append(self.sentence())
        return " ".join(sentences)

    def _fill(self, match: re.Match[str]) -> str:
        slot = match.group(1)
        if slot == "cite":
            return self._cluster()
        if slot == "count":
            return str(self.rng.randint(12, 480))
        word = self.rng.choice(SLOTS[slot.lower()])
        return word[0].upper() + word[1:] if slot[0].isupper() else word

    def _cluster(self) -> str:
        """Return a citation of one to four references: the next that wait, then ones cited before."""
        size = self.rng.choice((1, 1, 2, 3, 4))
        keys, self.waiting = self.waiting[:size], self.waiting[size:]
        if not keys and self.used:
            keys = self.rng.sample(self.used, min(size, len(self.used)))
        self.used += [key for key in keys if key not in self.used]
        return f" [{'; '.join('@' + key for key in keys)}]" if keys else ""

    def leftover(self) -> str:
        """Return a sentence that cites what the prose has not cited."""
        keys, self.waiting = self.waiting, []
        return f"Similar courses have been described [{'; '.join('@' + key for key in keys)}]." if keys else ""
