"""Prose read for an item of CARE: what answers it, what only uses its words, and what a person must decide.

The texts are after the manner of published reports and without regard to the patterns: a text that is misread calls for
a better pattern, not for another text.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from casewriter.guideline import GuidelineItem, find_guideline
from casewriter.lint.guideline import ItemState
from casewriter.project import find_cases
from casewriter.work.check import check

SECTIONS = {
    "3": "abstract",
    "5": "observation",
    "6": "observation",
    "7": "timeline",
    "8a": "labs",
    "8": "diagnosis",
    "9": "treatment",
    "10": "follow_up",
    "11": "discussion",
    "13": "consent",
}
READ = {item.id: item for item in find_guideline("care").items if item.reading}

# prose that answers
ANSWERS: dict[str, list[str]] = {
    "3a": [
        "Tophaceous gout of the cervical spine is rare, and fewer than 60 cases have been published. A"
        " 54-year-old man presented with neck pain.",
        "Coronary vasospasm has not previously been described after re-exposure to capecitabine at an interval"
        " of five years.",
        "To the best of our knowledge, this is the first report of Kounis syndrome triggered by a wasp sting in"
        " a child.",
        "We describe an unusual presentation of tuberculosis as an isolated breast mass.",
    ],
    "3b": [
        "A 47-year-old woman presented with a three-month history of painless jaundice and weight loss.",
        "We describe a man in his 60s whose only complaint was hoarseness.",
        "A neonate developed bilious vomiting on the second day of life.",
        "An elderly man was found unconscious at home with a serum glucose of 1.6 mmol/L.",
    ],
    "3c": [
        "She was diagnosed with eosinophilic granulomatosis with polyangiitis and treated with prednisolone and"
        " cyclophosphamide. At six months she was in remission.",
        "Emergency laparotomy revealed a perforated Meckel's diverticulum, which was resected; the child made a"
        " full recovery and was discharged on day seven.",
    ],
    "3d": [
        "Clinicians should consider adrenal insufficiency in any patient with unexplained hyponatraemia.",
        "This case illustrates that a normal troponin does not exclude myocarditis.",
        "Awareness of this interaction may prevent unnecessary invasive procedures.",
        "Our experience suggests that thrombolysis can be given safely during pregnancy.",
    ],
    "5a": [
        "A 62-year-old right-handed male carpenter of Bangladeshi origin was referred to our clinic.",
        "The patient was a woman in her late forties who worked as a nurse.",
        "This 71-year-old gentleman had lived alone since his retirement.",
        "A primiparous woman aged 33 years attended the antenatal clinic.",
        "Our patient was a 19-year-old female student.",
    ],
    "5b": [
        "She had suffered from intermittent abdominal pain and bloating for eight months.",
        "He presented with a two-week history of fever, night sweats and a productive cough.",
        "The chief complaint was severe left-sided headache that had begun four hours before arrival.",
        "He reported progressive weakness of both legs since the previous summer.",
        "For the last two years he had noticed a slowly growing lump on his neck.",
        "Her symptoms had started six weeks earlier with a dry cough.",
    ],
    "5c": [
        "His past medical history included hypertension and type 2 diabetes. His father had died of myocardial"
        " infarction at 52. He smoked 20 cigarettes a day and lived with his wife.",
        "She had been diagnosed with asthma in childhood. There was no family history of autoimmune disease. She"
        " worked as a teacher, did not smoke and drank alcohol only socially.",
        "Comorbidities were atrial fibrillation and chronic kidney disease. The family history was unremarkable."
        " He was a retired farmer who lived alone and had never used illicit drugs.",
        "Apart from migraine her medical history was unremarkable; her mother had thyroid disease; she was"
        " unemployed and lived with two children.",
    ],
    "5d": [
        "Treatment with topical corticosteroids had failed before referral.",
        "She had received no previous treatment for the lesion.",
        "He had been treated with methotrexate for three years without benefit.",
    ],
    "6": [
        "His temperature was 39.2 °C and his pulse 118 beats per minute. The abdomen was distended and tender in the right"
        " iliac fossa, without guarding.",
        "She was afebrile. Physical examination revealed a 3 cm firm, mobile mass in the upper outer quadrant of the left"
        " breast; no axillary lymphadenopathy was palpable.",
        "The body weight was 3.1 kg. Auscultation disclosed a pansystolic murmur at the apex; the lungs were clear.",
        "Vital signs were stable. Neurological examination was normal except for a left facial palsy.",
    ],
    "7": [
        "In March the patient noticed a lump. Two weeks later she underwent biopsy. Chemotherapy was started on"
        " day 28, and at six months the response was complete.",
        "Day 0: admission with fever. Day 3: blood cultures positive. Day 5: valve replacement. Day 21: discharge.",
        "At birth he was healthy. At 3 months he failed to thrive, at 5 months the diagnosis was made, and at 9"
        " months he was transplanted.",
    ],
    "8a": [
        "Computed tomography showed a 6 cm cystic lesion in the tail of the pancreas. On day 3 aspirated fluid contained an"
        " elevated amylase level.",
        "On admission the haemoglobin was 7.2 g/dL and the platelet count 34 × 10⁹/L.",
        "The initial blood cultures grew methicillin-resistant Staphylococcus aureus.",
        "Nerve conduction studies were normal. Two weeks later a muscle biopsy revealed rimmed vacuoles.",
    ],
    "8b": [
        "The diagnosis was delayed because the symptoms mimicked those of viral gastroenteritis.",
        "The language barrier made it difficult to obtain a reliable history.",
        "He was initially misdiagnosed as having migraine and treated accordingly for two months.",
        "The main diagnostic challenge was the absence of fever and a falsely negative first smear.",
        "No obstacles to the diagnosis were encountered.",
    ],
    "8c": [
        "The differential diagnosis included lymphoma, tuberculosis and sarcoidosis. Lymph node biopsy"
        " established the diagnosis of sarcoidosis.",
        "We first considered septic arthritis, but the aspirate was sterile and contained urate crystals; acute"
        " gout was diagnosed.",
        "Pulmonary embolism was ruled out by CT angiography. The final diagnosis was Takotsubo cardiomyopathy.",
        "A diagnosis of neurosarcoidosis was made after multiple sclerosis and lymphoma had been excluded.",
        "Vasculitis appeared unlikely because ANCA were negative, and the diagnosis of cholesterol embolism was"
        " confirmed by skin biopsy.",
    ],
    "8d": [
        "The tumour was staged as pT2 N1 M0 (stage IIB).",
        "The prognosis was considered poor because of the extent of liver involvement.",
        "Histology showed a grade 2 invasive ductal carcinoma.",
        "According to the Ann Arbor classification the disease was stage III.",
    ],
    "9a": [
        "He was treated with intravenous vancomycin and underwent drainage of the abscess.",
        "Plasma exchange was performed on five consecutive days.",
        "Cognitive behavioural therapy was given weekly for three months.",
        "Prednisolone was started on the second day.",
    ],
    "9b": [
        "She was given intravenous methylprednisolone 1 g daily for three days.",
        "Amoxicillin 500 mg was taken orally three times a day for one week.",
        "Warfarin was started at 5 mg once daily and adjusted to an INR of 2–3.",
        "Rituximab 375 mg/m² was infused weekly for four weeks.",
        "He received subcutaneous injections of enoxaparin 60 mg every 12 hours.",
        "Prednisone 40 mg/day was prescribed.",
        "He took two tablets of colchicine 0.5 mg every eight hours.",
        "A single oral dose of ivermectin 200 µg/kg was administered.",
    ],
    "9c": [
        "Because of rising creatinine, vancomycin was replaced by linezolid on day 6.",
        "The dose of prednisolone was reduced to 20 mg since her blood glucose had risen.",
        "Methotrexate was discontinued owing to elevated transaminases.",
        "Carbamazepine was switched to levetiracetam due to hyponatraemia.",
        "The treatment was not changed throughout the course.",
        "Isoniazid had to be withdrawn when jaundice appeared.",
        "Therapy was escalated to infliximab because the colitis did not respond.",
    ],
    "10a": [
        "At the six-month follow-up visit she was free of symptoms.",
        "Visual acuity had recovered to 20/25 by week 8.",
        "Three months later he had returned to work.",
        "The patient remains in remission 18 months after diagnosis.",
    ],
    "10b": [
        "Repeat CT at three months showed complete resolution of the abscess.",
        "Follow-up echocardiography revealed recovery of the ejection fraction to 58%.",
    ],
    "10c": [
        "Adherence was confirmed by pill counts and drug levels. The treatment was well tolerated.",
        "She took her medication as prescribed, by her own account, and tolerated it without side effects.",
        "Compliance was good according to the pharmacy refill record; apart from mild nausea the drug was"
        " tolerated well.",
        "He took every dose, as the electronic pill box showed, and had no side effects.",
        "Inhaler technique and adherence were checked at each visit; the spray was well tolerated.",
    ],
    "10d": [
        "No adverse events were observed.",
        "The postoperative course was uneventful.",
        "Side effects were limited to transient nausea after the first infusion.",
        "There were no complications during or after the procedure.",
        "Apart from mild flushing no side effects occurred.",
    ],
    "11a": [
        "A strength of this report is the long follow-up with serial imaging. Its main limitation is that"
        " genetic testing was not performed.",
        "The strengths of our approach were early biopsy and a multidisciplinary team; limitations include the"
        " short follow-up and the single patient.",
        "The main limitation is the retrospective nature of this report; its strength lies in the complete imaging.",
        "We were able to follow the patient for five years, an advantage over earlier reports, but serum was no"
        " longer at hand for testing, which is a weakness.",
    ],
    "11c": [
        "We believe that the thrombosis was caused by compression of the vein by the haematoma.",
        "The temporal relationship and the positive rechallenge suggest that amiodarone was responsible.",
        "The likely mechanism is inhibition of CYP3A4 by clarithromycin, leading to accumulation of colchicine.",
        "The hypokalaemia can be explained by the mineralocorticoid effect of liquorice.",
        "Because the lesion regressed after withdrawal of the drug, a causal role is probable.",
        "This sequence makes an autoimmune mechanism plausible.",
        "We attribute the neuropathy to thallium.",
    ],
    "13": [
        "Written informed consent was obtained from the patient for publication of this case report and"
        " accompanying images.",
        "The patient gave his written consent to publish the case.",
        "The parents provided written informed consent for the publication of their child's clinical details.",
        "Consent for publication was obtained in writing from the next of kin because the patient had died.",
        "The patient consented orally to the publication of this report.",
        "The patient signed a form of consent to the publication of the case and the photographs.",
    ],
}
# prose that uses the words of an item without an answer, says that it is unknown, or has nothing to do with it
SILENT: dict[str, list[str]] = {
    "3a": [
        "A 62-year-old woman presented with progressive dyspnoea. She was treated with furosemide and discharged"
        " on day five.",
        "Adding potassium to the infusion corrected the arrhythmia.",
    ],
    "3b": [
        "Patients with sarcoidosis may present with a wide range of symptoms. We discuss the diagnostic work-up.",
        "Acute pancreatitis is a common condition. Its causes are gallstones and alcohol.",
        "No details of the presentation are available.",
        "Pain is the most frequent symptom of this disease.",
        "This article reviews the management of hyponatraemia.",
        "Early treatment is important.",
    ],
    "3c": [
        "No treatment was described, and the outcome is unknown.",
        "A 30-year-old man presented with headache of two days.",
    ],
    "3d": [
        "A 50-year-old woman presented with chest pain. Coronary angiography was normal. She was discharged.",
        "He learned to walk again with a prosthesis.",
        "The patient was suggested to return if symptoms recurred.",
        "She is well at one year.",
    ],
    "5a": [
        "The age of the patient was not recorded.",
        "A patient with long-standing diabetes was admitted with a foot ulcer.",
        "Neither the age nor the sex of the patient can be given for reasons of privacy.",
        "Male sex is a known risk factor for this disease, and its incidence peaks at 60 years of age.",
        "Age and sex are withheld.",
        "The farm lies 30 km from the nearest hospital.",
    ],
    "5b": [
        "The duration of symptoms was not documented.",
        "He denied fever, cough and weight loss.",
        "She was seen for a routine check after three months.",
    ],
    "5c": [
        "Past medical, family and social history were not available.",
        "The family was informed of the result.",
        "The patient's history is not known.",
        "He was brought by the police.",
    ],
    "5d": [
        "Previous treatments are unknown.",
        "It was not recorded which drugs she had taken before.",
        "His previous employer confirmed the exposure.",
        "No information on earlier treatment could be obtained.",
        "Earlier that day he had cycled to work.",
    ],
    "6": [
        "Physical examination was not performed.",
        "The findings of the examination were not documented.",
    ],
    "7": [
        "No timeline is available.",
        "The timeline of events could not be reconstructed.",
        "The events are described in the text.",
        "The dates of the events were not recorded.",
        "The sequence of events is unclear.",
        "The timeline is shown elsewhere.",
    ],
    "8a": [
        "The results of the biopsy are not available.",
        "Magnetic resonance imaging could not be performed because of a pacemaker.",
        "No imaging was done.",
    ],
    "8b": [
        "The diagnosis was confirmed by biopsy.",
        "It is not recorded whether there were difficulties in reaching the diagnosis.",
        "The diagnosis was straightforward and was made on the first day in all similar cases.",
    ],
    "8c": [
        "The diagnosis remained unknown.",
        "No differential diagnosis was recorded.",
        "Consideration was given to the wishes of the family.",
        "The differential blood count was normal.",
    ],
    "8d": [
        "The stage was not determined.",
        "At this stage of the work-up, infection was suspected.",
        "No prognosis could be given.",
        "She had a low-grade fever.",
        "The prognosis is unknown.",
        "She had reached the final stage of her training.",
        "The prognosis was not discussed.",
    ],
    "9a": [
        "The treatment is not described.",
        "Surgery was considered but not performed.",
        "Details of the treatment are not available.",
        "No details of therapy were given in the letter.",
    ],
    "9b": [
        "The dose of prednisolone was not recorded.",
        "He received antibiotics.",
        "The exact dose and route are unknown.",
        "The dose was adjusted by the family doctor.",
    ],
    "9c": [
        "It was not recorded whether the treatment was changed.",
        "She was discharged because she felt better.",
    ],
    "10a": [
        "The patient was lost to follow-up.",
        "The outcome was not recorded.",
        "Follow-up at six months is planned.",
        "No follow-up data are available.",
        "The patient did not return for follow-up.",
        "The outcome remains unknown.",
    ],
    "10b": [
        "The results of later tests were not available.",
        "No further tests were done.",
    ],
    "10c": [
        "Adherence was not assessed.",
        "Adhesions were found at laparoscopy.",
        "Glucose tolerance was impaired.",
        "Whether she took the tablets is unknown.",
    ],
    "10d": [
        "Complications were not recorded.",
        "It is unknown whether adverse events occurred.",
        "Adverse events were not assessed.",
        "No information on side effects is available.",
    ],
    "11a": [
        "Muscle strength was 4/5 in both legs.",
        "The drug is sold in two strengths, 5 mg and 10 mg.",
        "He had lost strength in his hands.",
    ],
    "11c": [
        "The cause of the reaction remains unknown.",
        "Cases of this kind have been published by several authors.",
        "The cause of death of her father was not known.",
        "She did not give a reason for leaving.",
        "The mechanism is not known.",
    ],
    "13": [
        "Written consent could not be obtained.",
        "Consent will be obtained before publication.",
        "The patient refused consent to publication.",
        "No consent was sought because the data are anonymous.",
        "Consent for publication is pending.",
        "Consent was not required for this report.",
    ],
}
# prose that tells a part of what is asked: a careful reader finds the item weak, not missing
PARTLY: dict[str, list[str]] = {
    "3a": [
        "Pneumonia is a common cause of hospital admission. A 45-year-old man was admitted with fever.",
        "Retinoblastoma is rare. A girl of two was treated with chemotherapy.",
    ],
    "3b": ["A 47-year-old woman was treated for hyperthyroidism.", "We report a child with Kawasaki disease."],
    "3c": [
        "He was treated with intravenous ceftriaxone for two weeks.",
        "She presented with fever and a rash. Skin biopsy showed leukocytoclastic vasculitis.",
        "A boy presented with a limp. Radiographs showed a slipped epiphysis.",
    ],
    "5a": ["A 43-year-old was brought in by ambulance.", "She had been well until the day of admission."],
    "5b": ["He complained of double vision.", "The main symptom was an itchy rash of the trunk."],
    "5c": [
        "Her past medical history was remarkable for hypothyroidism and two caesarean sections.",
        "There was no family history of sudden death.",
        "He smoked heavily and was unemployed.",
        "This previously healthy girl attended kindergarten.",
    ],
    "5d": [
        "She had been treated with sertraline two years earlier.",
        "He had undergone arthroscopy of the same knee in another hospital.",
    ],
    "6": [
        "On examination, the abdomen was distended and tender in the right iliac fossa.",
        "Physical examination revealed a 3 cm firm, mobile mass in the upper outer quadrant of the left breast.",
        "His temperature was 39.2 °C, pulse 118 beats per minute and blood pressure 92/54 mmHg.",
    ],
    "8a": [
        "Computed tomography of the abdomen showed a 6 cm cystic lesion in the tail of the pancreas.",
        "Blood cultures grew methicillin-resistant Staphylococcus aureus.",
        "Ultrasound revealed a thrombus of the jugular vein.",
    ],
    "8b": [
        "Pulmonary embolism was suspected until the aorta was seen.",
        "Despite three lumbar punctures no organism grew.",
    ],
    "8c": ["A diagnosis of dermatomyositis was made.", "Stevens-Johnson syndrome was considered."],
    "9b": ["She received 40 mg of prednisolone.", "Ceftriaxone was given intravenously."],
    "9c": ["Ciprofloxacin was stopped on day 4.", "The dose of lithium was halved."],
    "10a": ["She recovered completely.", "He is alive and free of pain."],
    "10c": ["The tablets were well tolerated.", "Adherence to the diet was good.", "Lithium was not tolerated."],
    "10d": [
        "She felt faint at the second infusion, and it was then given more slowly.",
        "Methotrexate was stopped because of nausea.",
        "Clonidine was well tolerated.",
    ],
    "11a": [
        "A limitation of this report is the lack of long-term follow-up.",
        "Genetic testing was not performed in our patient.",
        "The main strength of this report is the video of the attack.",
    ],
    "13": [
        "The patient gave informed consent.",
        "The need for informed consent was waived by the ethics committee.",
        "Consent to this case report was obtained.",
        "The patient has consented to the submission of this case report to the journal.",
        "Consent for publication was obtained from the next of kin because the patient had died.",
    ],
}
# prose of other languages, which is not read
GERMAN = {
    "3a": "Die Beteiligung des Herzens ist selten und bisher nicht beschrieben.",
    "3b": "Eine 47-jährige Frau stellte sich mit schmerzlosem Ikterus vor.",
    "3c": "Sie wurde mit Prednisolon behandelt und war nach sechs Monaten beschwerdefrei.",
    "3d": "Bei ungeklärter Hyponatriämie sollte an eine Nebenniereninsuffizienz gedacht werden.",
    "5a": "Ein 62-jähriger Zimmermann wurde in unsere Klinik überwiesen.",
    "5b": "Seit acht Monaten litt sie unter Bauchschmerzen.",
    "5c": "Als Vorerkrankung bestand ein Bluthochdruck; der Vater starb an einem Herzinfarkt; er rauchte nicht.",
    "5d": "Eine frühere Behandlung mit Antibiotika war ohne Erfolg geblieben.",
    "6": "Bei der Untersuchung war das Abdomen gespannt und druckschmerzhaft.",
    "7": "Am Tag 0 Aufnahme, am Tag 3 Operation, nach drei Wochen Entlassung.",
    "8a": "Die Computertomographie zeigte eine zystische Läsion im Pankreasschwanz.",
    "8b": "Die Diagnose verzögerte sich, weil die Symptome einer Gastroenteritis glichen.",
    "8c": "Differenzialdiagnostisch wurde ein Lymphom erwogen; die Biopsie sicherte eine Sarkoidose.",
    "8d": "Der Tumor entsprach einem Stadium IIB.",
    "9a": "Er wurde mit Vancomycin behandelt.",
    "9b": "Sie erhielt täglich 1 g Methylprednisolon intravenös.",
    "9c": "Wegen des Kreatininanstiegs wurde Vancomycin durch Linezolid ersetzt.",
    "10a": "Nach sechs Monaten war sie beschwerdefrei.",
    "10b": "Die Kontroll-CT nach drei Monaten war unauffällig.",
    "10c": "Die Tabletten wurden regelmäßig eingenommen und gut vertragen.",
    "10d": "Es traten keine Nebenwirkungen auf.",
    "11a": "Eine Stärke ist die lange Nachbeobachtung, eine Schwäche die fehlende genetische Untersuchung.",
    "11c": "Wir halten Amiodaron für die Ursache.",
    "13": "Die Patientin hat der Veröffentlichung schriftlich zugestimmt.",
}
# the same in French
FRENCH = {
    "3a": "Cette atteinte est rare et n'avait jamais été décrite.",
    "3b": "Une femme de 47 ans a consulté pour un ictère indolore.",
    "3c": "Elle a été traitée par prednisolone et était en rémission à six mois.",
    "3d": "Une insuffisance surrénalienne doit être évoquée devant toute hyponatrémie inexpliquée.",
    "5a": "Un charpentier de 62 ans a été adressé à notre consultation.",
    "5b": "Elle souffrait de douleurs abdominales depuis huit mois.",
    "5c": "Antécédents : hypertension artérielle ; père décédé d'un infarctus ; pas de tabagisme.",
    "5d": "Un traitement antérieur par antibiotiques était resté sans effet.",
    "6": "À l'examen, l'abdomen était distendu et sensible.",
    "7": "Jour 0 : admission. Jour 3 : intervention. Sortie après trois semaines.",
    "8a": "Le scanner a montré une lésion kystique de la queue du pancréas.",
    "8b": "Le diagnostic a été retardé car les symptômes évoquaient une gastro-entérite.",
    "8c": "Un lymphome a été envisagé ; la biopsie a confirmé une sarcoïdose.",
    "8d": "La tumeur était de stade IIB.",
    "9a": "Il a été traité par vancomycine.",
    "9b": "Elle a reçu 1 g de méthylprednisolone par voie intraveineuse chaque jour.",
    "9c": "La vancomycine a été remplacée par le linézolide en raison de l'élévation de la créatinine.",
    "10a": "Après six mois, elle ne présentait plus aucun symptôme.",
    "10b": "Le scanner de contrôle à trois mois était normal.",
    "10c": "Le traitement a été pris régulièrement et bien toléré.",
    "10d": "Aucun effet indésirable n'a été observé.",
    "11a": "Le long suivi est un point fort ; l'absence d'étude génétique est une limite.",
    "11c": "Nous pensons que l'amiodarone en est la cause.",
    "13": "La patiente a donné son consentement écrit à la publication.",
}

DENIED_IN_GERMAN = {
    "7": "Eine Zeitleiste liegt nicht vor.",
    "10d": "Über Nebenwirkungen ist nichts bekannt.",
    "13": "Eine Einwilligung konnte nicht eingeholt werden.",
}


def section(item: str) -> str:
    return SECTIONS.get(item) or SECTIONS[re.sub(r"[a-d]$", "", item)]


def told(folder: Path, data: dict[str, Any], item: str, *, answer: str | None = "na") -> tuple[ItemState, list[Any]]:
    """Return the state of an item in a case, and what lint says of it. `na` answers its question and confirms nothing."""
    confirmed = {"confirmed": {item: answer}} if answer is not None else {}
    text = yaml.safe_dump(
        {"format": 1, "language": "en", **data, "care": confirmed}, allow_unicode=True, sort_keys=False
    )
    (folder / "case.yaml").write_text(text, "utf-8")
    report = check(find_cases([str(folder)])[0]).report
    (state,) = [state for state in report.items if state.item.id == item]
    return state, [problem for problem in report.problems if item in problem.items]


def pairs(table: dict[str, list[str]]) -> list[Any]:
    return [pytest.param(item, text, id=f"{item}-{n}") for item, texts in table.items() for n, text in enumerate(texts)]


def looked_for(item: str) -> str:
    asked: GuidelineItem = READ[item]
    assert asked.reading is not None
    return asked.reading.looks_for


def test_every_item_that_may_be_told_in_prose_is_read() -> None:
    assert set(ANSWERS) == set(SILENT) == set(GERMAN) == set(FRENCH) == set(READ)
    assert {item.id for item in find_guideline("care").items if item.prose} == set(READ)


@pytest.mark.parametrize(("item", "text"), pairs(ANSWERS))
def test_prose_that_answers_makes_the_item_present_and_says_what_was_read(tmp_path: Path, item: str, text: str) -> None:
    state, problems = told(tmp_path, {section(item): text}, item)
    assert state.state == "present"
    assert state.reason == f"read in the prose: {looked_for(item)}"
    assert problems == []


@pytest.mark.parametrize(("item", "text"), pairs(SILENT))
def test_prose_that_uses_the_words_or_denies_does_not_count(tmp_path: Path, item: str, text: str) -> None:
    """A section whose words the patterns do not know is left to a person: a false “missing” would be ignored soon."""
    state, problems = told(tmp_path, {section(item): text}, item)
    if state.state == "needs_human":
        left_to_a_person(item, state, problems)
        return
    assert state.state == "missing"
    (problem,) = problems
    assert problem.code == READ[item].code
    assert problem.message == f"{READ[item].missing}; prose was searched for {looked_for(item)}"
    assert problem.span.line > 1


@pytest.mark.parametrize(("item", "text"), pairs(PARTLY))
def test_prose_that_tells_a_part_makes_the_item_weak_and_names_the_rest(tmp_path: Path, item: str, text: str) -> None:
    state, problems = told(tmp_path, {section(item): text}, item)
    assert (state.state, state.reason) == ("weak", None)
    assert "CARE005" in {problem.code for problem in problems}
    assert READ[item].code not in {problem.code for problem in problems}
    (partial,) = [problem for problem in problems if problem.code == "CARE005"]
    assert partial.level.value == "warning"
    assert any(part.name in partial.message for part in READ[item].parts)


@pytest.mark.parametrize("language", ["de", "de-CH", "fr"])
@pytest.mark.parametrize("item", READ)
def test_prose_of_another_language_is_for_a_person(tmp_path: Path, item: str, language: str) -> None:
    text = (FRENCH if language == "fr" else GERMAN)[item]
    state, problems = told(tmp_path, {"language": language, section(item): text}, item)
    left_to_a_person(item, state, problems)


@pytest.mark.parametrize("item", DENIED_IN_GERMAN)
def test_a_denial_in_another_language_is_for_a_person(tmp_path: Path, item: str) -> None:
    state, problems = told(tmp_path, {"language": "de", section(item): DENIED_IN_GERMAN[item]}, item)
    left_to_a_person(item, state, problems)


def left_to_a_person(item: str, state: ItemState, problems: list[Any]) -> None:
    assert state.state == "needs_human"
    assert state.reason is None
    (problem,) = problems
    assert (problem.code, problem.level.value) == ("CARE001", "info")
    assert looked_for(item) in problem.message
    assert "it reads: “" in problem.message or item in ("5d", "8d")
    assert f"confirmed: {{{item}: yes}}" in problem.hint


@pytest.mark.parametrize("answer", ["yes", "Yes", "true"])
@pytest.mark.parametrize("item", READ)
def test_the_author_confirms_what_stands_in_prose(tmp_path: Path, item: str, answer: str) -> None:
    for language, text in (("de", GERMAN[item]), ("fr", FRENCH[item])):
        state, problems = told(tmp_path, {"language": language, section(item): text}, item, answer=answer)
        assert (state.state, state.reason, problems) == ("present", "confirmed by the author", [])


def test_the_author_confirms_what_reading_did_not_find(tmp_path: Path) -> None:
    text = "Her lips went blue for a moment when the needle was drawn out."
    assert told(tmp_path, {"follow_up": text}, "10d", answer=None)[0].state == "needs_human"
    assert told(tmp_path, {"follow_up": text}, "10d", answer="yes")[0].state == "present"


@pytest.mark.parametrize("item", READ)
def test_yes_to_a_question_does_not_stand_for_what_is_not_said(tmp_path: Path, item: str) -> None:
    for text in SILENT[item]:  # without a question of its own, the yes can only mean that the prose answers
        unanswered, _ = told(tmp_path, {section(item): text}, item)
        state, _ = told(tmp_path, {section(item): text}, item, answer="yes")
        unasked = READ[item].ask is None or unanswered.state == "needs_human"
        assert state.state == ("present" if unasked else unanswered.state)


DENIED = {
    "10d": ("Complications were not\nrecorded.", "The question of adverse events was not addressed."),
    "13": ("Written consent could not be obtained.", "Consent for publication will be obtained from the patient."),
    "8a": ("No laboratory tests were performed.",),
    "7": ("No timeline is available.",),
    "10c": ("Neither adherence nor tolerability was recorded.",),
    "11a": ("Strengths and limitations are not discussed.",),
}


@pytest.mark.parametrize(("item", "text"), pairs(DENIED))
def test_prose_that_denies_what_is_looked_for_leaves_the_item_missing(tmp_path: Path, item: str, text: str) -> None:
    assert told(tmp_path, {section(item): text}, item)[0].state == "missing"


@pytest.mark.parametrize("status", ["pending", "not_obtained"])
def test_a_consent_that_its_field_denies_is_not_mended_by_a_sentence(tmp_path: Path, status: str) -> None:
    publication = {"status": status, "statement": "Written informed consent for publication was obtained."}
    assert told(tmp_path, {"consent": {"publication": publication}}, "13")[0].state == "missing"


def test_prose_elsewhere_counts_only_where_it_answers(tmp_path: Path) -> None:
    assert told(tmp_path, {"course": "He went home on day 5."}, "10d")[0].state == "missing"
    assert told(tmp_path, {"course": "No adverse events occurred."}, "10d")[0].state == "present"


@pytest.mark.parametrize("answer", [None, "no", "na", "", "perhaps"])
@pytest.mark.parametrize("item", ["5b", "10d", "13"])
def test_only_yes_confirms(tmp_path: Path, item: str, answer: str | None) -> None:
    state, _ = told(tmp_path, {"language": "de", section(item): GERMAN[item]}, item, answer=answer)
    assert state.state == "needs_human"


@pytest.mark.parametrize("item", READ)
def test_a_confirmation_without_prose_confirms_nothing(tmp_path: Path, item: str) -> None:
    for data in ({}, {section(item): "  "}):
        assert told(tmp_path, data, item, answer="yes")[0].state == "missing"


@pytest.mark.parametrize("item", [item for item in READ if READ[item].ask])
def test_what_is_read_in_prose_is_asked_about_too_where_the_question_arises(tmp_path: Path, item: str) -> None:
    """A question is a note beside the state: readers of the checklist do not call an item absent that they can read."""
    state, problems = told(tmp_path, {section(item): ANSWERS[item][0]}, item, answer=None)
    arises = not READ[item].ask_when or item == "6"  # the others ask of a key, which prose has not
    assert state.state == "present"
    assert [problem.code for problem in problems] == (["CARE003"] if arises else [])
    assert state.reason == f"read in the prose: {looked_for(item)}"


@pytest.mark.parametrize("item", [item for item in READ if "course" in READ[item].prose])
def test_the_course_answers_too(tmp_path: Path, item: str) -> None:
    text = f"{ANSWERS[item][0]}\n\nThe rest of the stay needs no account."
    assert told(tmp_path, {"course": text}, item)[0].state == "present"
    assert told(tmp_path, {"course": SILENT[item][0]}, item)[0].state == "missing"


def test_a_case_told_wholly_in_prose_misses_none_of_what_is_read(tmp_path: Path) -> None:
    data: dict[str, Any] = {}
    for item, texts in ANSWERS.items():
        data[section(item)] = f"{data.get(section(item), '')}\n\n{texts[0]}".strip()
    for item in READ:
        state, _ = told(tmp_path, data, item)
        assert state.state == "present", item


@pytest.mark.parametrize("item", ["10d", "13", "7"])
def test_an_answer_stands_beside_a_denial_of_something_else(tmp_path: Path, item: str) -> None:
    text = f"The weight was not recorded. {ANSWERS[item][0]} No photograph is available."
    assert told(tmp_path, {section(item): text}, item)[0].state == "present"


def test_a_word_of_a_cited_key_is_not_read(tmp_path: Path) -> None:
    assert told(tmp_path, {"follow_up": "She did well [@complications2019]."}, "10d")[0].state == "needs_human"
    assert told(tmp_path, {"follow_up": "No adverse event [@naranjo1981] occurred."}, "10d")[0].state == "present"
