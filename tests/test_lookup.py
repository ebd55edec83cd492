"""Crossref and PubMed: what they say is told with its day, how they fail costs nothing, and nothing else asks anyone.

The answers come from a server of our own in the shape of the Crossref REST API and of NCBI's E-utilities
(tests/data/lookup); no test needs the internet, and none waits: the clock of the client is replaced.
"""

import datetime
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from casewriter.bibliography.reading import read_file
from casewriter.cli.app import run
from casewriter.lookup import Lock, Services, Unreachable, http
from casewriter.lookup.services import Answer
from casewriter.project import find_cases, open_case

DATA = Path(__file__).parent / "data" / "lookup"
WORKS: dict[str, Any] = json.loads((DATA / "crossref-works.json").read_text("utf-8"))
ARTICLES = {name: (DATA / f"pubmed-{name}.xml").read_text("utf-8") for name in ("plain", "retracted")}
DOI, PMID = "10.1001/archderm.1959.01560180059010", "13649944"
LANCET, LANCET_PMID = "10.1016/S0140-6736(97)11096-0", "9500320"
DAY, LATER = "2026-03-01", "2026-03-09"
LOCK = "references.lock.json"

Shown = pytest.CaptureFixture[str]


# -- a server that answers as the two services do ----------------------------------------------------------------


@dataclass
class Reply:
    """What is sent. `length` is what Content-Length claims, `act` what is done instead of an answer."""

    status: int = 200
    kind: str = "application/json"
    body: bytes = b""
    more: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


def work(message: dict[str, Any]) -> Reply:
    whole = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}
    return Reply(body=json.dumps(whole).encode())


def works(items: list[dict[str, Any]]) -> Reply:
    message = {"facets": {}, "total-results": len(items), "items": items, "items-per-page": 20}
    whole = {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}
    return Reply(body=json.dumps(whole).encode())


def article_set(articles: list[str]) -> Reply:
    body = (
        '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
        f"{''.join(articles)}</PubmedArticleSet>"
    )
    return Reply(kind="text/xml; charset=UTF-8", body=body.encode())


NOT_FOUND = Reply(404, "text/plain", b"Resource not found.")


@dataclass
class Web:
    """The server: what it knows, what it was asked, and `spoilt`, which answers before it does."""

    address: str = ""
    crossref: dict[str, dict[str, Any]] = field(default_factory=dict)
    pubmed: dict[str, str] = field(default_factory=dict)
    pmids: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], float]] = field(default_factory=list)
    spoilt: Callable[[str, int], Reply | None] = lambda _path, _number: None
    ended: threading.Event = field(default_factory=threading.Event)

    def answer(self, path: str) -> Reply:
        if (reply := self.spoilt(path, len(self.asked))) is not None:
            return reply
        parts = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path.startswith("/crossref/works/"):
            found = self.crossref.get(unquote(parts.path.removeprefix("/crossref/works/")).lower())
            return NOT_FOUND if found is None else work(found)
        if parts.path == "/crossref/works":
            dois = [one.removeprefix("doi:").lower() for one in query["filter"].split(",")]
            found_all = [self.crossref[doi] for doi in dois if doi in self.crossref]
            return works(found_all[: int(query.get("rows", "20"))])
        if parts.path == "/ncbi/efetch.fcgi":
            assert (query["db"], query["retmode"]) == ("pubmed", "xml")
            return article_set([self.pubmed[one] for one in query["id"].split(",") if one in self.pubmed])
        assert parts.path == "/ncbi/esearch.fcgi"
        ids = self.pmids.get(query["term"], [])
        return Reply(body=json.dumps({"header": {"type": "esearch"}, "esearchresult": {"idlist": ids}}).encode())

    def paths(self, start: str = "") -> list[str]:
        return [path for path, _, _ in self.asked if path.startswith(start)]


class _Handler(BaseHTTPRequestHandler):
    web: Web

    def do_GET(self) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        self.web.asked.append((self.path, headers, http.time.monotonic()))
        reply = self.web.answer(self.path)
        if reply.act is not None:
            reply.act(self)
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        for name, value in reply.more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *args: Any) -> None:
        pass


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the client hung up, as it should


@dataclass
class Clock:
    """Time that passes only where the client sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.now += seconds

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(http, "time", SimpleNamespace(sleep=found.sleep, monotonic=found.monotonic))
    return found


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Web]:
    found = Web()
    handler = type("Handler", (_Handler,), {"web": found})
    server = _Quiet(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    _know(found)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1,localhost")
    monkeypatch.setenv("CASEWRITER_CROSSREF", f"{found.address}/crossref")
    monkeypatch.setenv("CASEWRITER_NCBI", f"{found.address}/ncbi")
    monkeypatch.setenv("CASEWRITER_PATIENCE", "0.2")
    monkeypatch.delenv("CASEWRITER_MAILTO", raising=False)
    today(monkeypatch, DAY)
    yield found
    found.ended.set()
    server.shutdown()
    server.server_close()


def _know(web: Web) -> None:
    web.crossref = {DOI.lower(): deepcopy(WORKS["plain"]), LANCET.lower(): deepcopy(WORKS["retracted"])}
    web.pubmed = {PMID: ARTICLES["plain"], LANCET_PMID: ARTICLES["retracted"]}


def today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))


# -- cases -------------------------------------------------------------------------------------------------------

HEAD = "format: 1\ntitle: Calcinosis and lupus\nnocite: [all]\n"
RIGHT = {
    "id": "muller1959",
    "type": "article-journal",
    "title": "Calcinosis in dermatomyositis",
    "author": "[Muller SA, Winkelmann RK, Brunsting LA]",
    "container-title": "Arch Dermatol",
    "issued": "1959",
    "volume": "79",
    "issue": "6",
    "page": "669-673",
    "DOI": DOI,
}
RETRACTED = {
    "id": "wakefield1998",
    "type": "article-journal",
    "title": '"Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental disorder in '
    'children"',
    "author": "[Wakefield AJ]",
    "container-title": "Lancet",
    "issued": "1998",
    "volume": "351",
    "page": "637-41",
}


def case_of(folder: Path, *items: dict[str, str]) -> Path:
    path = folder / "case.yaml"
    listed = "".join("- " + "\n  ".join(f"{key}: {value}" for key, value in item.items()) + "\n" for item in items)
    path.write_text(HEAD + (f"references:\n{listed}" if items else ""), "utf-8")
    return path


def check(case: Path, shown: Shown, *, online: bool = True) -> tuple[int, list[str], str]:
    """Return the exit code of `refs check`, what it tells of the services, and its standard error."""
    shown.readouterr()
    code = run(["refs", "check", str(case), *(["--online"] if online else [])])
    found = shown.readouterr()
    assert "Traceback" not in found.err
    assert "bug in casewriter" not in found.err
    return code, [line for line in found.out.splitlines() if re.search(r" REF02[1-4] ", line)], found.err


def codes(lines: list[str]) -> list[str]:
    return [found[0] for line in lines if (found := re.search(r"REF02\d", line))]


def held(case: Path) -> dict[str, dict[str, Any]]:
    opened = open_case(find_cases([str(case)])[0], pictures=False)
    assert opened.loaded.case is not None
    assert opened.problems == ()
    return {key: item.reference.csl() for key, item in opened.library.items.items()}


# -- right answers -----------------------------------------------------------------------------------------------


def test_a_doi_is_looked_up(web: Web) -> None:
    (answer,) = Services().by_doi([DOI])
    assert (answer.source, answer.identifier, answer.updates) == ("Crossref", DOI, ())
    found = answer.reference.csl() if answer.reference else {}
    assert found["type"] == "article-journal"
    assert found["title"] == "Calcinosis in Dermatomyositis"
    assert found["container-title"] == "Archives of Dermatology"
    assert [name["family"] for name in found["author"]] == ["Muller", "Winkelmann", "Brunsting"]
    assert found["issued"] == {"date-parts": [[1959, 6]]}
    assert (found["volume"], found["issue"], found["page"], found["DOI"]) == ("79", "6", "669-673", DOI)
    assert web.paths() == [f"/crossref/works/{DOI.replace('/', '%2F')}"]


def test_a_pubmed_id_is_looked_up(web: Web) -> None:
    (answer,) = Services().by_pmid([PMID])
    assert (answer.source, answer.identifier, answer.updates) == ("PubMed", PMID, ())
    found = answer.reference.csl() if answer.reference else {}
    assert found["title"].rstrip(".") == "Calcinosis in dermatomyositis"
    assert (found["volume"], found["page"], found["DOI"], found["PMID"]) == ("79", "669-73", DOI, PMID)
    (path,) = web.paths("/ncbi/efetch.fcgi?")
    assert parse_qs(urlsplit(path).query) == {
        "db": ["pubmed"],
        "id": [PMID],
        "retmode": ["xml"],
        "tool": ["casewriter"],
    }


def test_unknown_works_are_answers_too(web: Web) -> None:
    assert list(Services().by_doi(["10.1001/none"])) == [Answer("Crossref", "10.1001/none", None)]
    assert len(web.asked) == 1, "404 is an answer, and not asked for again"
    assert list(Services().by_pmid(["99999999"])) == [Answer("PubMed", "99999999", None)]
    several = list(Services().by_doi([DOI, "10.1001/none", LANCET]))
    assert [(one.identifier, one.reference is None) for one in several] == [
        (DOI, False),
        ("10.1001/none", True),
        (LANCET, False),
    ]
    mixed = list(Services().by_pmid([LANCET_PMID, "99999999", PMID]))
    assert [(one.identifier, one.reference is None) for one in mixed] == [
        (LANCET_PMID, False),
        ("99999999", True),
        (PMID, False),
    ]


def test_no_identifiers_ask_nobody(web: Web) -> None:
    assert list(Services().by_doi([])) == []
    assert list(Services().by_pmid([])) == []
    assert web.asked == []


STRANGE = (
    "10.1002/(SICI)1097-0142(19960101)77:1<1::AID-CNCR1>3.0.CO;2-#",
    "10.1016/S0140-6736(97)11096-0",
    "10.1000/a,b,c",
    "10.1000/a;b",
    "10.1000/a#b?c=d&e=f",
    "10.1000/100%25%20",
    "10.1000/a+b",
    "10.1000/a/b//c/../d",
    "10.1000/é",
    "10.1000/[a]'b",
)


def known(doi: str) -> dict[str, Any]:
    return WORKS["plain"] | {"DOI": doi.lower(), "title": [f"The work {doi}"]}


@pytest.mark.parametrize("doi", STRANGE)
def test_a_doi_reaches_crossref_as_it_is(doi: str, web: Web) -> None:
    web.crossref[doi.lower()] = known(doi)
    (answer,) = Services().by_doi([doi])
    assert answer.reference is not None
    assert answer.reference.title == f"The work {doi}"


def test_strange_dois_in_a_batch(web: Web) -> None:
    web.crossref |= {doi.lower(): known(doi) for doi in STRANGE}
    found = list(Services().by_doi([DOI, *STRANGE]))
    assert [one.identifier for one in found] == [DOI, *STRANGE]
    assert [one.reference.title for one in found[1:] if one.reference] == [f"The work {doi}" for doi in STRANGE]


def test_more_than_twenty_are_asked_in_batches(web: Web) -> None:
    dois = [f"10.1000/n{n}" for n in range(45)]
    web.crossref = {doi: known(doi) for doi in dois if not doi.endswith("7")}
    found = list(Services().by_doi([*dois, dois[3]]))
    assert [one.identifier for one in found] == dois, "each once, in the order asked"
    assert all((one.reference is None) == one.identifier.endswith("7") for one in found)
    assert 3 <= len(web.asked) <= 5
    web.asked.clear()
    pmids = [str(n) for n in range(1, 46)]
    web.pubmed = {one: ARTICLES["plain"].replace(PMID, one) for one in pmids}
    found = list(Services().by_pmid(pmids))
    assert [one.identifier for one in found] == pmids
    assert [one.reference.pmid for one in found if one.reference] == pmids
    assert 3 <= len(web.asked) <= 5


def test_the_pubmed_id_of_a_doi(web: Web) -> None:
    web.pmids = {f'"{DOI}"[AID]': [PMID], '"10.1000/two"[AID]': ["1", "2"]}
    services = Services()
    assert [services.pmid_of(doi) for doi in (DOI, "10.1000/two", "10.1000/none")] == [PMID, None, None]


# -- polite ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "author@example.org"])
def test_the_services_are_told_who_asks(address: str, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    if address:
        monkeypatch.setenv("CASEWRITER_MAILTO", address)
    services = Services()
    list(services.by_doi([DOI]))
    list(services.by_doi([DOI, LANCET]))
    list(services.by_pmid([PMID]))
    services.pmid_of(DOI)
    assert len(web.asked) == 4
    for path, headers, _ in web.asked:
        assert headers["user-agent"].startswith("casewriter/")
        query = parse_qs(urlsplit(path).query)
        name = "mailto" if path.startswith("/crossref") else "email"
        assert query.get(name, [""]) == [address]
        assert (f"mailto:{address}" in headers["user-agent"]) == bool(address)
        assert bool(address) or "mailto" not in headers["user-agent"]
        assert "cookie" not in headers
        assert "referer" not in headers


def test_there_is_a_pause_between_two_questions(web: Web) -> None:
    services = Services()
    for n in range(4):
        list(services.by_doi([f"10.1000/{n}"]))
    list(services.by_doi(["10.1000/a,b", "10.1000/c", "10.1000/d"]))
    for n in range(1, 4):
        list(services.by_pmid([str(n)]))
    for start in ("/crossref", "/ncbi"):
        times = [moment for path, _, moment in web.asked if path.startswith(start)]
        assert len(times) >= 3
        assert all(later - before >= 0.3 for before, later in pairwise(times))


def gaps(web: Web) -> list[float]:
    times = [moment for _, _, moment in web.asked]
    return [later - before for before, later in pairwise(times)]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_service_is_asked_again_ever_later(status: int, web: Web) -> None:
    web.spoilt = lambda _path, _number: Reply(status, "text/html", b"<html>busy</html>")
    with pytest.raises(Unreachable, match=f"^Crossref could not be queried: .*{status}"):
        list(Services().by_doi([DOI]))
    assert 2 <= len(web.asked) <= 6
    found = gaps(web)
    assert all(later > before for before, later in pairwise(found))


def test_a_service_that_is_busy_once(web: Web, clock: Clock) -> None:
    web.spoilt = lambda _path, number: Reply(429, "text/plain", b"busy") if number == 1 else None
    (answer,) = Services().by_doi([DOI])
    assert answer.reference is not None
    assert len(web.asked) == 2


def test_retry_after_is_honoured(web: Web) -> None:
    busy = Reply(429, "text/plain", b"busy", {"Retry-After": "7"})
    web.spoilt = lambda _path, number: busy if number == 1 else None
    (answer,) = Services().by_doi([DOI])
    assert answer.reference is not None
    assert 7 <= gaps(web)[0] < 12


@pytest.mark.parametrize(
    "after", ["100000", "-5", "soon", "1e9", "Wed, 21 Oct 2026 07:28:00 GMT", "", "\xb2", "9" * 5000]
)
def test_retry_after_has_a_bound(after: str, web: Web, clock: Clock) -> None:
    web.spoilt = lambda _path, _number: Reply(503, "text/plain", b"busy", {"Retry-After": after})
    with pytest.raises(Unreachable):
        list(Services().by_doi([DOI]))
    assert len(web.asked) >= 2
    assert max(gaps(web)) <= 61
    assert sum(clock.slept) <= 300


def test_a_service_that_says_no_is_not_asked_again(web: Web) -> None:
    for status in (400, 401, 403, 410):
        web.asked.clear()
        web.spoilt = lambda _path, _number, status=status: Reply(status, "text/plain", b"no")
        with pytest.raises(Unreachable, match=str(status)):
            list(Services().by_doi([DOI]))
        assert len(web.asked) == 1


# -- what is told ------------------------------------------------------------------------------------------------


def test_what_agrees_is_not_told(web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path, RIGHT | {"PMID": PMID})
    before = case.read_bytes()
    code, lines, err = check(case, capsys)
    assert (code, lines) == (0, [])
    assert "--online" not in err
    assert case.read_bytes() == before


SAME = (
    ("page", "669-73"),
    ("page", "669–673"),
    ("page", "669"),
    ("page", "669-673, 680"),
    ("container-title", "Arch. Dermatol."),
    ("container-title", "Archives of Dermatology"),
    ("container-title", "ARCHIVES OF DERMATOLOGY"),
    ("container-title", "A.M.A. Archives of Dermatology"),
    ("title", "CALCINOSIS IN DERMATOMYOSITIS"),
    ("title", "Calcinosis in <i>dermatomyositis</i>."),
    ("title", '"Calcinosis in dermatomyositis: a clinical study"'),
    ("author", "[Müller SA]"),
    ("issued", "1959-06-01"),
    ("issue", '""'),
    ("volume", '""'),
    ("DOI", f"https://doi.org/{DOI.upper()}"),
)


@pytest.mark.parametrize(("key", "value"), SAME, ids=[f"{key} {value}" for key, value in SAME])
def test_another_spelling_is_no_difference(key: str, value: str, web: Web, tmp_path: Path, capsys: Shown) -> None:
    code, lines, _ = check(case_of(tmp_path, RIGHT | {key: value}), capsys)
    assert lines == []
    assert code == 0 or key == "DOI"


OTHER = (
    ("issued", "1958", "1958", "1959"),
    ("volume", "97", "97", "79"),
    ("volume", "9", "9", "79"),
    ("volume", "179", "179", "79"),
    ("issue", "16", "16", "6"),
    ("page", "670-673", "670-673", "669-673"),
    ("page", "669-675", "669-675", "669-673"),
    ("page", "69-673", "69-673", "669-673"),
    ("page", "S669-S673", "S669-S673", "669-673"),
    ("title", "Calcinosis in scleroderma", "Calcinosis in scleroderma", "Calcinosis in Dermatomyositis"),
    ("title", "Lupus", "Lupus", "Calcinosis in Dermatomyositis"),
    ("container-title", "J Am Acad Dermatol", "J Am Acad Dermatol", "Archives of Dermatology"),
    ("container-title", "Arch Surg", "Arch Surg", "Archives of Dermatology"),
    ("container-title", "Dermatology", "Dermatology", "Archives of Dermatology"),
    ("author", "[Winkelmann RK, Muller SA]", "Winkelmann", "Muller"),
)


@pytest.mark.parametrize(("key", "value", "ours", "theirs"), OTHER, ids=[f"{one[0]} {one[1]}" for one in OTHER])
def test_a_difference_is_told_with_both(
    key: str, value: str, ours: str, theirs: str, web: Web, tmp_path: Path, capsys: Shown
) -> None:
    case = case_of(tmp_path, RIGHT | {key: value})
    code, lines, _ = check(case, capsys)
    assert code == 0, "a warning: either may be wrong"
    assert codes(lines) == ["REF021"]
    assert f"{key} of “muller1959”" in lines[0]
    assert f"“{ours}”" in lines[0]
    assert f"Crossref has “{theirs}”" in lines[0]
    assert DAY in lines[0]
    assert lines[0].startswith(f"{case}:5:3: ") or ":5:3: " in lines[0]


def test_a_typing_error_in_a_title_is_told(web: Web, tmp_path: Path, capsys: Shown) -> None:
    """One letter: what the list prints is not the title; the accents and capitals of a service are another matter."""
    _, lines, _ = check(case_of(tmp_path, RIGHT | {"title": "Calcinosis in dermatomyosotis"}), capsys)
    assert codes(lines) == ["REF021"]


def test_a_doi_of_another_work(web: Web, tmp_path: Path, capsys: Shown) -> None:
    _, lines, _ = check(case_of(tmp_path, RIGHT | {"DOI": LANCET}), capsys)
    told = {found[1] for line in lines if (found := re.search(r"REF021 ([\w-]+) of", line))}
    assert {"title", "container-title", "issued", "volume", "page", "author"} <= told


def test_unknown_identifiers_are_told(web: Web, tmp_path: Path, capsys: Shown) -> None:
    other = RIGHT | {"id": "b", "DOI": "10.1001/none", "PMID": "99999999", "title": "Another one", "volume": "80"}
    code, lines, _ = check(case_of(tmp_path, RIGHT, other), capsys)
    assert code == 1
    assert codes(lines) == ["REF024", "REF024"]
    assert any("Crossref has no work with “10.1001/none”" in line and DAY in line for line in lines)
    assert any("PubMed has no work with “99999999”" in line for line in lines)


BOTH = {"DOI": LANCET, "PMID": LANCET_PMID}


@pytest.mark.parametrize("sources", [["Crossref"], ["PubMed"], ["Crossref", "PubMed"]], ids=" and ".join)
def test_a_retraction_is_told_once_with_all_who_say_so(
    sources: list[str], web: Web, tmp_path: Path, capsys: Shown
) -> None:
    if "Crossref" not in sources:
        del web.crossref[LANCET.lower()]["updated-by"]
    if "PubMed" not in sources:
        web.pubmed[LANCET_PMID] = re.sub(
            r"<CommentsCorrectionsList>.*</CommentsCorrectionsList>|<PublicationType UI=\"D016441\">[^>]*>",
            "",
            web.pubmed[LANCET_PMID],
            flags=re.DOTALL,
        )
    case = case_of(tmp_path, RIGHT, RETRACTED | BOTH)
    for online, day in ((True, DAY), (False, DAY)):
        code, lines, _ = check(case, capsys, online=online)
        assert code == 1
        assert codes(lines) == ["REF022"]
        assert "“wakefield1998” has been retracted" in lines[0]
        assert [source for source in ("Crossref", "PubMed") if source in lines[0]] == sources
        assert day in lines[0]
        notice = {"Crossref": "10.1016/s0140-6736(10)60175-4", "PubMed": "Lancet. 2010 Feb 6;375(9713):445"}
        assert all(notice[source] in lines[0] for source in sources)


def test_pubmed_marks_a_retracted_work_by_its_type_alone(web: Web, tmp_path: Path, capsys: Shown) -> None:
    web.pubmed[LANCET_PMID] = re.sub(
        r"<CommentsCorrectionsList>.*</CommentsCorrectionsList>", "", web.pubmed[LANCET_PMID], flags=re.DOTALL
    )
    code, lines, _ = check(case_of(tmp_path, RETRACTED | {"PMID": LANCET_PMID}), capsys)
    assert code == 1
    assert codes(lines) == ["REF022"]


NOTICES = (
    ("retraction", "REF022"),
    ("partial_retraction", "REF022"),
    ("withdrawal", "REF022"),
    ("removal", "REF022"),
    ("expression_of_concern", "REF023"),
    ("expression-of-concern", "REF023"),
    ("correction", ""),
    ("erratum", ""),
    ("new_version", ""),
)


@pytest.mark.parametrize(("kind", "code"), NOTICES, ids=[kind for kind, _ in NOTICES])
def test_a_notice_of_crossref(kind: str, code: str, web: Web, tmp_path: Path, capsys: Shown) -> None:
    """Types of updates: Crossref, "Version control, corrections, and retractions"; all that void a work count."""
    web.crossref[DOI.lower()]["updated-by"] = [{"type": kind, "DOI": "10.1001/notice", "source": "publisher"}]
    found, lines, _ = check(case_of(tmp_path, RIGHT), capsys)
    assert codes(lines) == ([code] if code else [])
    assert found == (1 if code == "REF022" else 0)
    assert not code or "10.1001/notice" in lines[0]


def test_a_concern_of_pubmed(web: Web, tmp_path: Path, capsys: Shown) -> None:
    web.pubmed[PMID] = web.pubmed[PMID].replace(
        "</MedlineCitation>",
        '<CommentsCorrectionsList><CommentsCorrections RefType="ExpressionOfConcernIn"><RefSource>Arch Dermatol. '
        "1960;1:1</RefSource></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>",
    )
    code, lines, _ = check(case_of(tmp_path, RIGHT | {"PMID": PMID}), capsys)
    assert code == 0
    assert codes(lines) == ["REF023"]
    assert "PubMed" in lines[0]
    assert "Crossref" not in lines[0]


def test_the_notice_itself_is_not_retracted(web: Web, tmp_path: Path, capsys: Shown) -> None:
    """`update-to` stands in the notice and points at the work; `updated-by` stands in the work."""
    web.crossref[DOI.lower()]["update-to"] = [{"type": "retraction", "DOI": "10.1001/other", "label": "Retraction"}]
    web.pubmed[PMID] = web.pubmed[PMID].replace(
        "</MedlineCitation>",
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionOf"><RefSource>Arch Dermatol. 1958;1:1'
        "</RefSource></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>",
    )
    code, lines, _ = check(case_of(tmp_path, RIGHT | {"PMID": PMID}), capsys)
    assert (code, lines) == (0, [])


@pytest.mark.parametrize("mark", ["RETRACTED: ", "RETRACTED ARTICLE: ", "WITHDRAWN: "])
def test_a_mark_before_the_title_is_no_other_title(mark: str, web: Web, tmp_path: Path, capsys: Shown) -> None:
    message = web.crossref[DOI.lower()]
    message["title"] = [mark + message["title"][0]]
    message["updated-by"] = [{"type": "retraction", "DOI": "10.1001/notice"}]
    _, lines, _ = check(case_of(tmp_path, RIGHT), capsys)
    assert codes(lines) == ["REF022"]


@pytest.mark.parametrize("kind", ["grant", "book-set", "proceedings-series", "a-type-of-tomorrow", None])
def test_a_work_that_we_cannot_read_is_not_called_unknown(
    kind: str | None, web: Web, tmp_path: Path, capsys: Shown
) -> None:
    web.crossref[DOI.lower()]["type"] = kind
    _, lines, _ = check(case_of(tmp_path, RIGHT), capsys)
    assert "REF024" not in codes(lines)


def test_problems_stand_where_the_reference_stands(web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(HEAD + "references: [{file: refs.bib}]\n")
    (tmp_path / "refs.bib").write_text(f"\n\n@article{{a,\n title = {{Other}}, doi = {{{DOI}}}, year = 1959}}\n")
    _, lines, _ = check(case, capsys)
    assert codes(lines) == ["REF021"]
    assert re.match(r".*refs\.bib:3:1: warning REF021 title ", lines[0])


def test_identifiers_that_cannot_be_right_are_not_asked(web: Web, tmp_path: Path, capsys: Shown) -> None:
    items = [RIGHT | {"id": f"k{n}", "DOI": doi} for n, doi in enumerate(('"10.1/x"', '"doi"', '"10.1001/a b"'))]
    check(case_of(tmp_path, *items, {"id": "p", "PMID": "0"}, {"id": "q", "placeholder": DOI}), capsys)
    assert web.asked == []


# -- refs add by DOI and PubMed id --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [DOI, f"doi:{DOI}", f"https://doi.org/{DOI}", PMID, f"PMID: {PMID}", f"pmid{PMID}"])
def test_a_work_is_added_by_its_identifier(name: str, web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path)
    before = case.read_bytes()
    assert run(["refs", "add", name, "--case", str(case)]) == 0
    assert case.read_bytes().startswith(before)
    ((key, item),) = held(case).items()
    assert key == "muller1959"
    assert item["DOI"] == DOI
    assert item["title"].lower().rstrip(".") == "calcinosis in dermatomyositis"
    assert (item["volume"], item["issued"]["date-parts"][0][0]) == ("79", 1959)
    assert "abstract" not in case.read_text("utf-8")
    assert "read 1, refused 0, added 1" in capsys.readouterr().err
    once = case.read_bytes()
    assert run(["refs", "add", name, "--case", str(case)]) == 0
    assert case.read_bytes() == once


def test_a_work_by_both_identifiers_is_added_once(web: Web, tmp_path: Path) -> None:
    case = case_of(tmp_path)
    assert run(["refs", "add", DOI, PMID, LANCET, "--case", str(case)]) == 0
    assert list(held(case)) == ["muller1959", "wakefield1998"]


def test_an_unknown_identifier_is_refused_and_the_rest_is_added(web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path)
    assert run(["refs", "add", DOI, "10.1001/none", "99999999", "--case", str(case)]) == 1
    err = capsys.readouterr().err
    assert "refused 10.1001/none: Crossref has no such work" in err
    assert "refused 99999999: PubMed has no such work" in err
    assert "read 1, refused 2, added 1" in err
    assert list(held(case)) == ["muller1959"]


@pytest.mark.parametrize("name", ["hello", "10.1/x", "123456789", "muller1959", "https://example.org/10.1001/a", ""])
def test_what_is_no_identifier_is_asked_of_nobody(name: str, web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path)
    assert run(["refs", "add", name, "--case", str(case)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert web.asked == []


# -- misbehaviour ------------------------------------------------------------------------------------------------


def _silent(handler: BaseHTTPRequestHandler) -> None:
    handler.web.ended.wait(3)  # type: ignore[attr-defined]


def _hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _raw(data: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return send


def _drips(before: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        for _ in range(60):
            if handler.web.ended.wait(0.05):  # type: ignore[attr-defined]
                break
            handler.wfile.write(b" ")
            handler.wfile.flush()

    return send


HALF = work(WORKS["plain"]).body[:200]
ODD_SHAPES = (
    b"{}",
    b"[]",
    b"null",
    b'"text"',
    b"12",
    b'{"message": null}',
    b'{"message": "Not now"}',
    b'{"message": []}',
    b'{"status": "failed", "message-type": "validation-failure", "message": [{"type": "parameter-not-found"}]}',
    b'{"status": "error", "message-type": "exception", "message": {"message": "A fault"}}',
    b'{"message": {"items": null}}',
    b'{"message": {"items": "x"}}',
    b'{"message": {"items": [1, null, "x", []]}}',
    b'{"message": {"items": {}}}',
)
LOGIN = b"<!DOCTYPE html><html><head><title>Log in</title></head><body>Guest network</body></html>"
MISBEHAVIOUR: dict[str, Reply] = {
    "time-out": Reply(act=_silent),
    "429 for ever": Reply(429, "text/plain", b"busy"),
    "500": Reply(500, "text/html", b"<html>fault</html>"),
    "503": Reply(503, "text/html", b""),
    "403": Reply(403, "text/html", LOGIN),
    "a page to log in": Reply(200, "text/html; charset=utf-8", LOGIN),
    "a page to log in that calls itself JSON": Reply(200, "application/json", LOGIN),
    "a page to log in that calls itself XML": Reply(200, "text/xml", LOGIN),
    "half a body": Reply(body=HALF, length=5000),
    "half a body of XML": Reply(kind="text/xml", body=b"<PubmedArticleSet><PubmedArticle>", length=5000),
    "an empty body": Reply(),
    "an empty body of XML": Reply(kind="text/xml"),
    "no content": Reply(204, "text/plain"),
    "broken JSON": Reply(body=HALF),
    "JSON too deep": Reply(body=b"[" * 100_000),
    "bytes that are no text": Reply(body=b'{"message": "\xff\xfe\x00"}'),
    "XML with entities": Reply(
        kind="text/xml", body=b'<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet>&a;</PubmedArticleSet>'
    ),
    "XML of an error": Reply(
        kind="text/xml", body=b"<eFetchResult><ERROR>Cannot process the list</ERROR></eFetchResult>"
    ),
    "XML of another shape": Reply(kind="text/xml", body=b"<feed/>"),
    "a huge body": Reply(body=b" " * 21_000_000),
    "a huge body of XML": Reply(kind="text/xml", body=b" " * 21_000_000),
    "a redirect to another host": Reply(302, "text/plain", b"", {"Location": "http://localhost:{port}/stolen"}),
    "a redirect to another host, for good": Reply(308, "text/plain", b"", {"Location": "//localhost:{port}/stolen"}),
    "a redirect in a circle": Reply(302, "text/plain", b"", {"Location": "{path}"}),
    "a redirect to a file": Reply(302, "text/plain", b"", {"Location": "file:///etc/hostname"}),
    "a redirect to FTP": Reply(302, "text/plain", b"", {"Location": "ftp://127.0.0.1/stolen"}),
    "a redirect to nowhere": Reply(302, "text/plain", b""),
    "a redirect to nonsense": Reply(302, "text/plain", b"", {"Location": "http://[::1"}),
    "hanging up": Reply(act=_hangs_up),
    "no HTTP": Reply(act=_raw(b"SSH-2.0-OpenSSH_9.6\r\n")),
    "chunks that break off": Reply(
        act=_raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{")
    ),
    "chunks that are none": Reply(
        act=_raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{")
    ),
    "headers without end": Reply(act=_raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 500)),
    "a body that drips": Reply(act=_drips(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{")),
    "headers that drip": Reply(act=_drips(b"HTTP/1.1 200 OK\r\nX-A:")),
    **{f"shape {shape.decode()[:60]}": Reply(body=shape) for shape in ODD_SHAPES},
}


SLOW = ("time-out", "a body that drips", "headers that drip")
"""Of these a test must wait: four times 0.2 s for each service."""


def spoilt(web: Web, name: str) -> None:
    port = web.address.rpartition(":")[2]

    def reply(path: str, _number: int) -> Reply:
        found = deepcopy(MISBEHAVIOUR[name]) if MISBEHAVIOUR[name].act is None else MISBEHAVIOUR[name]
        found.more = {key: value.format(port=port, path=path) for key, value in found.more.items()}
        return found

    web.spoilt = reply


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_whatever_a_service_does_adding_leaves_the_case(name: str, web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path, RETRACTED)
    before = case.read_bytes()
    spoilt(web, name)
    start = time.monotonic()
    for wanted in ([DOI],) if name in SLOW else ([DOI], [DOI, LANCET], [PMID]):
        assert run(["refs", "add", *wanted, "--case", str(case)]) in (1, 2)
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        assert "bug in casewriter" not in shown.err
        assert "knows no" not in shown.err, "no answer is not the answer that there is none"
        assert len(shown.err.splitlines()) <= len(wanted) + 1
        assert "could not be queried" in shown.err
        assert len(shown.err) < 1000
        assert case.read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml"]
    assert time.monotonic() - start < 2.5
    assert not web.paths("/stolen")
    assert len(web.asked) <= 3 * 12


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_whatever_a_service_does_checking_keeps_what_was_known(
    name: str, web: Web, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(tmp_path, RIGHT, RETRACTED | BOTH)
    before = case.read_bytes()
    code, known_lines, _ = check(case, capsys)
    assert (code, codes(known_lines)) == (1, ["REF022"])
    lock = (tmp_path / LOCK).read_bytes()
    spoilt(web, name)
    today(monkeypatch, LATER)
    start = time.monotonic()
    code, lines, err = check(case, capsys)
    assert time.monotonic() - start < 2.5
    assert code != 0
    assert lines == known_lines
    assert (tmp_path / LOCK).read_bytes() == lock
    assert case.read_bytes() == before
    assert 1 <= err.count("could not be queried") <= 2
    assert len(err.splitlines()) <= 3
    assert not web.paths("/stolen")


def test_no_answer_alone_is_exit_code_2(web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path, RIGHT)
    spoilt(web, "503")
    code, lines, err = check(case, capsys)
    assert (code, lines) == (2, [])
    assert "Crossref could not be queried" in err
    assert not (tmp_path / LOCK).exists()


def test_no_server(web: Web, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("CROSSREF", "NCBI"):
        monkeypatch.setenv(f"CASEWRITER_{name}", f"http://127.0.0.1:{port}")
    case = case_of(tmp_path, RIGHT | {"PMID": PMID})
    before = case.read_bytes()
    code, _, err = check(case, capsys)
    assert code == 2
    assert len(err.splitlines()) == 3
    assert "Crossref could not be queried: " in err
    assert "PubMed could not be queried: " in err
    assert run(["refs", "add", LANCET, "--case", str(case)]) == 1
    assert "Crossref could not be queried" in capsys.readouterr().err
    assert case.read_bytes() == before


@pytest.mark.parametrize(
    "address", ["file:///etc", "ftp://127.0.0.1", "nonsense", "http://", "http://[", "http://a b", ""]
)
def test_an_address_that_is_none(
    address: str, web: Web, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWRITER_CROSSREF", address or " ")
    case = case_of(tmp_path, RIGHT)
    code, _, err = check(case, capsys)
    assert code == 2
    assert len(err.splitlines()) <= 2


@pytest.mark.parametrize("patience", ["soon", "-1", "0", "nan", "inf", ""])
def test_a_patience_that_is_none(
    patience: str, web: Web, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWRITER_PATIENCE", patience)
    code, _, err = check(case_of(tmp_path, RIGHT), capsys)
    assert code in (0, 2)
    assert len(err.splitlines()) <= 2


def test_one_service_that_fails_does_not_cost_the_other(web: Web, tmp_path: Path, capsys: Shown) -> None:
    busy = Reply(503, "text/plain", b"")
    web.spoilt = lambda path, _number: busy if path.startswith("/crossref") else None
    case = case_of(tmp_path, RIGHT, RETRACTED | BOTH)
    code, lines, err = check(case, capsys)
    assert code == 1
    assert codes(lines) == ["REF022"]
    assert "PubMed" in lines[0]
    assert err.count("could not be queried") == 1
    held_answers = json.loads((tmp_path / LOCK).read_text("utf-8"))["answers"]
    assert list(held_answers) == [f"PubMed:{LANCET_PMID}"]


def test_what_was_answered_before_a_service_failed_is_kept(web: Web, tmp_path: Path, capsys: Shown) -> None:
    items = [RIGHT | {"id": f"k{n}", "DOI": f"10.1000/n{n}", "title": f"Title number {n}"} for n in range(30)]
    web.crossref = {f"10.1000/n{n}": known(f"10.1000/n{n}") for n in range(30)}
    web.spoilt = lambda _path, number: Reply(500, "text/plain", b"") if number > 1 else None
    code, _, err = check(case_of(tmp_path, *items), capsys)
    assert code in (1, 2)
    assert err.count("could not be queried") == 1
    assert len(json.loads((tmp_path / LOCK).read_text("utf-8"))["answers"]) == 20


def test_a_redirect_within_the_service_is_followed(web: Web) -> None:
    def moved(path: str, number: int) -> Reply | None:
        return Reply(301, "text/plain", b"", {"Location": path}) if number == 1 else None

    web.spoilt = moved
    (answer,) = Services().by_doi([DOI])
    assert answer.reference is not None
    assert len(web.asked) == 2


# -- the lock file -----------------------------------------------------------------------------------------------


def test_the_lock_is_written_once_and_sorted(
    web: Web, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(tmp_path, RETRACTED | BOTH, RIGHT | {"PMID": PMID})
    assert check(case, capsys, online=False)[0] == 0
    assert not (tmp_path / LOCK).exists()
    check(case, capsys)
    first = (tmp_path / LOCK).read_bytes()
    content = json.loads(first)
    answers = list(content["answers"])
    assert answers == sorted(answers)
    assert set(answers) == {f"Crossref:{DOI}", f"Crossref:{LANCET.lower()}", f"PubMed:{PMID}", f"PubMed:{LANCET_PMID}"}
    assert {one["asked"] for one in content["answers"].values()} == {DAY}
    assert first.endswith(b"\n")
    assert b"An abstract" not in first
    check(case, capsys)
    assert (tmp_path / LOCK).read_bytes() == first
    case_of(tmp_path, RIGHT | {"PMID": PMID}, RETRACTED | BOTH)
    check(case, capsys)
    assert (tmp_path / LOCK).read_bytes() == first, "the order of the case is no matter"
    today(monkeypatch, LATER)
    check(case, capsys)
    assert (tmp_path / LOCK).read_bytes() == first.replace(DAY.encode(), LATER.encode())


def test_the_lock_is_told_again_with_its_day(
    web: Web, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = RIGHT | {"id": "u", "DOI": "10.1001/none", "title": "Another work than this"}
    case = case_of(tmp_path, RETRACTED | BOTH, RIGHT | {"volume": "97"}, unknown)
    code, online, _ = check(case, capsys)
    assert sorted(codes(online)) == ["REF021", "REF022", "REF024"]
    asked = len(web.asked)
    today(monkeypatch, LATER)
    found = check(case, capsys, online=False)
    assert found[:2] == (code, online)
    assert all(DAY in line and LATER not in line for line in online)
    assert len(web.asked) == asked, "nobody was asked"
    case_of(tmp_path, RIGHT)
    assert check(case, capsys, online=False)[1] == [], "what was set right is not told any more"


BROKEN = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"12",
    b'"text"',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"answers": []}',
    b'{"answers": null}',
    b'{"answers": {"%s": null}}',
    b'{"answers": {"%s": []}}',
    b'{"answers": {"%s": {}}}',
    b'{"answers": {"%s": {"asked": 5, "reference": 7}}}',
    b'{"answers": {"%s": {"reference": {"type": "no-such-type", "title": "x"}}}}',
    b'{"answers": {"%s": {"reference": {"title": ["x"], "author": "y", "issued": [1]}}}}',
    b'{"answers": {"%s": {"reference": [], "updates": 7}}}',
    b'{"answers": {"%s": {"updates": [1, null, ["a"]]}}}',
    b'{"answers": {"%s": {"updates": {"a": "b"}}}}',
    b'{"version": 99, "answers": {}}',
)


@pytest.mark.parametrize("content", BROKEN, ids=lambda content: content[:60].decode("latin-1"))
def test_a_broken_lock_counts_as_none(content: bytes, web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path, RIGHT)
    content = content.replace(b"%s", f"Crossref:{DOI}".encode())
    (tmp_path / LOCK).write_bytes(content)
    code, lines, _ = check(case, capsys, online=False)
    assert (code, lines) == (0, []), "what a broken file says is not told"
    assert (tmp_path / LOCK).read_bytes() == content
    assert check(case, capsys)[:2] == (0, [])
    assert Lock.read((tmp_path / LOCK).read_bytes()).get("Crossref", DOI) is not None


def test_a_folder_in_the_place_of_the_lock(web: Web, tmp_path: Path, capsys: Shown) -> None:
    case = case_of(tmp_path, RIGHT)
    (tmp_path / LOCK).mkdir()
    assert check(case, capsys, online=False)[0] == 0
    assert check(case, capsys)[0] == 2


def test_a_lock_is_read_as_it_was_kept(web: Web) -> None:
    lock = Lock.read(None)
    answers = [*Services().by_doi([DOI, LANCET, "10.1001/none"]), *Services().by_pmid([PMID, LANCET_PMID])]
    lock.put(answers, DAY)
    again = Lock.read(lock.bytes())
    assert again.bytes() == lock.bytes()
    for answer in answers:
        found, day = again.get(answer.source, answer.identifier.upper()) or (None, "")
        assert day == DAY
        assert found is not None
        assert found.updates == answer.updates
        kept = {"abstract", "keyword", "note"}
        wanted = answer.reference.csl() if answer.reference else None
        assert (found.reference.csl() if found.reference else None) == (
            wanted and {key: value for key, value in wanted.items() if key not in kept}
        )


# -- nobody else opens a socket ----------------------------------------------------------------------------------


VERBS = (
    ["lint", "{case}"],
    ["render", "{case}", "--to", "html", "-o", "{out}"],
    ["refs", "list", "{case}"],
    ["refs", "list", "{case}", "--output-format", "json"],
    ["refs", "check", "{case}"],
    ["refs", "convert", "{bib}", "--to", "ris"],
    ["refs", "add", "{bib}", "--case", "{case}", "--diff"],
    ["refs", "add", "{bib}", "--case", "{case}"],
    ["export", "{case}", "--to", "csl-json,bibtex,ris", "-o", "{out}"],
)


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_no_other_verb_opens_a_socket(
    verb: list[str], web: Web, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(tmp_path, RIGHT | {"volume": "97", "URL": f"{web.address}/page"}, RETRACTED | BOTH)
    check(case, capsys)
    assert (tmp_path / LOCK).is_file()
    (tmp_path / "a.bib").write_text(
        "@article{a, title = {A new work}, doi = {10.1000/new}, url = {http://127.0.0.1:9/}}\n"
    )
    opened: list[str] = []

    def refuse(name: str) -> Callable[..., Any]:
        def opens(*args: Any, **more: Any) -> Any:
            opened.append(name)
            raise OSError(f"{name} is blocked")

        return opens

    asked = len(web.asked)
    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname", "socketpair"):
        monkeypatch.setattr(socket, name, refuse(name))
    words = {"case": str(case), "out": str(tmp_path / "out"), "bib": str(tmp_path / "a.bib")}
    code = run([word.format(**words) for word in verb])
    shown = capsys.readouterr()
    assert opened == []
    assert len(web.asked) == asked
    assert "blocked" not in shown.err
    assert code in (0, 1)


def test_what_a_service_sends_is_no_template_and_no_yaml(web: Web, tmp_path: Path) -> None:
    title = 'A: "title" # with {{7*7}} [@x] | > & * ! %\n  references: []'
    web.crossref[DOI.lower()] |= {"title": [title], "volume": "- 1", "publisher": "yes", "page": "1:30"}
    case = case_of(tmp_path, RETRACTED)
    assert run(["refs", "add", DOI, "--case", str(case)]) == 0
    found = held(case)["muller1959"]
    assert found["title"].split() == title.split()
    assert (found["volume"], found["publisher"], found["page"]) == ("- 1", "yes", "1:30")
    assert list(held(case)) == ["wakefield1998", "muller1959"]


def test_the_recorded_answers_are_read_by_our_readers() -> None:
    for name, message in WORKS.items():
        read = read_file("x.json", work(message).body)
        assert (name, len(read.found), read.refused) == (name, 1, [])
    for name, text in ARTICLES.items():
        read = read_file("x.xml", article_set([text]).body)
        assert (name, len(read.found), read.refused) == (name, 1, [])
