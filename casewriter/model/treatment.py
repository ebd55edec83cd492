"""What was done: drugs, procedures, operations; how, when, and how it was changed."""

from typing import ClassVar, Literal

from casewriter.model.base import (
    Blocks,
    Inline,
    Labelled,
    Listing,
    Model,
    Plain,
    Several,
    SeveralIds,
    Spelled,
    about,
    many,
)
from casewriter.model.duration import Length
from casewriter.model.time import At

InterventionKind = Literal[
    "drug",
    "procedure",
    "surgery",
    "device",
    "physical",
    "psychological",
    "complex",
    "preventive",
    "self_care",
    "supportive",
    "other",
]


class Step(Model):
    """One step of a schedule: a taper, a cycle, a titration."""

    at: At | None = about("From when.")
    until: At | None = about("Until when.")
    dose: Inline | None = about("The dose from then on.")
    why: Inline | None = about("Why it was changed.")
    note: Inline | None = about("A remark.")


class Change(Model):
    """A change of an intervention and its reason."""

    at: At | None = about("When.")
    what: Inline | None = about("What was changed.")
    why: Inline | None = about("Why.")


class Intervention(Labelled):
    """One intervention."""

    kind: InterventionKind | None = about("drug, procedure, surgery, device, physical, psychological, …")
    components: Several = many("Parts of a combination: [ceftazidime, avibactam].")
    indication: Inline | None = about("What it was for.")
    treats: SeveralIds = many("Ids of the records it treats.")
    dose: Inline | None = about("Dose: 30 mg/day.")
    route: Inline | None = about("Route: oral, intravenous.")
    frequency: Inline | None = about("How often: daily, every 8 h.")
    until: At | None = about("When it ended.")
    duration: Length | None = about("How long: 1 y, ongoing.")
    schedule: tuple[Step, ...] = many("Tapers, cycles, titrations: [{at:, dose:, why:}].")
    target: Inline | None = about("Target: trough 10 ng/mL.")
    changes: Listing[Change] | None = about("Changes and their reasons, or {none: true}.")
    status: Literal["given", "planned", "advised", "declined", "stopped", "unavailable"] | None = about(
        "given, planned, advised, declined, stopped or unavailable."
    )
    stopped_because: Inline | None = about("Why it was stopped.")
    response: Inline | None = about("Effect.")
    technique: Inline | None = about("How a procedure was done.")
    findings: Inline | None = about("What a procedure showed.")
    study: Plain | None = about("Id of the associated imaging study.")
    specimen: Plain | None = about("Id of the specimen that was taken.")
    brand: Inline | None = about("Brand name, where it matters.")
    manufacturer: Inline | None = about("Manufacturer, where it matters.")

    def title(self) -> str | None:
        """Return the label, or the components joined."""
        return self.label or "–".join(self.components) or None


class Treatment(Spelled):
    """All interventions."""

    list_key: ClassVar[str | None] = "interventions"

    narrative: Blocks | None = about("The treatment in prose.")
    caption: Inline | None = about("Caption of the table of treatments.")
    interventions: Listing[Intervention] | None = about("Interventions, or {none: true}.")


class Device(Model):
    """A device used in an operation: model, not serial number."""

    label: Inline | None = about("What it is.")
    manufacturer: Inline | None = about("Manufacturer.")
    model: Inline | None = about("Model; never the serial number.")


class Operation(Model):
    """Details of a surgical intervention (SCARE)."""

    of: Plain | None = about("Id of the intervention of kind surgery.")
    at: At | None = about("When; without it, the time of the intervention it belongs to.")
    rationale: Inline | None = about("Why this operation.")
    optimisation: Inline | None = about("Preparation that made it safer.")
    technique: Inline | None = about("How it was done.")
    approach: Inline | None = about("Approach and position: laparoscopic, supine.")
    findings: Inline | None = about("What was found.")
    anaesthesia: Inline | None = about("Anaesthesia.")
    duration: Length | None = about("How long it took: 95 min.")
    blood_loss: Inline | None = about("Estimated blood loss: 50 mL.")
    devices: tuple[Device, ...] = many("Devices and implants.")
    operator: Inline | None = about("Experience of the operator; no name.")
    setting: Inline | None = about("Where it was done, without naming the hospital.")
    deviations: Inline | None = about("Departures from the plan.")
    aftercare: Inline | None = about("Postoperative care.")
    note: Inline | None = about("A remark.")
