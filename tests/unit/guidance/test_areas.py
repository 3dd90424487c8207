"""A place is found by any of its names; a name that fits several is asked about, never guessed."""

from __future__ import annotations

import pytest

from bot.cases.nation import Nation
from bot.guidance.area_search import find, suggest
from bot.guidance.areas import Ambiguous, Found, How, Unknown, support_for
from bot.guidance.knowledge import Knowledge


@pytest.mark.parametrize(
    ("asked", "area", "how"),
    [
        ("Leeds", "leeds", How.NAME),
        ("leeds city council", "leeds", How.NAME),
        ("LEICESTER CITY COUNCIL", "leicester", How.NAME),
        ("we live in Kent", "kent", How.NAME),
        ("lewisham sen team", "lewisham", How.NAME),
        ("I'm in Derby City Council", "derby", How.NAME),
        ("St. Helens", "st-helens", How.NAME),
        ("Herts", "hertfordshire", How.ALIAS),
        ("b&d", "barking-and-dagenham", How.ALIAS),
        ("EA", "education-authority-ni", How.ALIAS),
        ("Chesterfield", "derbyshire", How.DISTRICT),
        ("Belfast", "education-authority-ni", How.DISTRICT),
        ("Lincoln", "lincolnshire", How.DISTRICT),
        ("Londonderry", "education-authority-ni", How.ALIAS),
        ("The Wrekin", "telford-and-wrekin", How.ALIAS),
        ("Harrogate", "north-yorkshire", How.FORMER),
        ("Corby", "north-northamptonshire", How.ALIAS),
        ("Oldam", "oldham", How.SPELLING),
        ("Northhampton", "west-northamptonshire", How.SPELLING),
        ("somerst", "somerset", How.SPELLING),
    ],
)
def test_found(knowledge: Knowledge, asked: str, area: str, how: How) -> None:
    finding = find(knowledge.areas, asked)

    assert isinstance(finding, Found)
    assert (finding.area.id, finding.how) == (area, how)


@pytest.mark.parametrize(
    ("asked", "among"),
    [
        ("Leicester", {"leicester", "leicestershire"}),
        ("leicster", {"leicester", "leicestershire"}),
        ("Derby", {"derby", "derbyshire"}),
        ("Cumbria", {"cumberland", "westmorland-and-furness"}),
        ("Northants", {"north-northamptonshire", "west-northamptonshire"}),
        ("newcastle", {"newcastle-upon-tyne", "staffordshire"}),
        ("we are in newcastle", {"newcastle-upon-tyne", "staffordshire"}),
        ("DCC", {"devon", "derbyshire", "county-durham"}),
        ("London", {"camden", "city-of-london", "havering"}),
        ("Ealing or Brent", {"ealing", "brent"}),
    ],
)
def test_asked_about(knowledge: Knowledge, asked: str, among: set[str]) -> None:
    finding = find(knowledge.areas, asked)

    assert isinstance(finding, Ambiguous)
    assert among <= {choice.area for choice in finding.choices}
    assert finding.why


@pytest.mark.parametrize("asked", ["", "   ", "xyzzy", "SW1A 1AA", "?!", "🙂", "x" * 5_000])
def test_unknown(knowledge: Knowledge, asked: str) -> None:
    assert isinstance(find(knowledge.areas, asked), Unknown)


def test_every_ambiguous_name_is_asked_about(knowledge: Knowledge) -> None:
    for name in knowledge.areas.ambiguous.values():
        assert isinstance(find(knowledge.areas, name.term), Ambiguous), name.term


def test_every_council_is_found_by_its_full_name(knowledge: Knowledge) -> None:
    for area in knowledge.areas.areas.values():
        finding = find(knowledge.areas, area.full_name)
        assert isinstance(finding, Found), area.full_name
        assert finding.area is area


def test_what_autocomplete_offers_is_understood_without_asking(knowledge: Knowledge) -> None:
    for prefix in ("", "a", "ches", "lei", "new", "derb", "harro", "oldam", "yorks"):
        lines = suggest(knowledge.areas, prefix)
        assert 0 < len(lines) <= 25
        for line in lines:
            assert len(line.label) <= 100
            assert isinstance(find(knowledge.areas, line.value), Found), line


def test_autocomplete_names_the_council_behind_a_district(knowledge: Knowledge) -> None:
    labels = [line.label for line in suggest(knowledge.areas, "chesterf")]

    assert labels == ["Chesterfield → Derbyshire County Council"]


def test_a_known_local_service_takes_the_place_of_the_finder(knowledge: Knowledge) -> None:
    cornwall, leeds = knowledge.areas.areas["cornwall"], knowledge.areas.areas["leeds"]

    known = support_for(cornwall, knowledge.directory)
    assert known.local is not None
    assert "sendiass-finder" not in {service.id for service in known.services}

    unknown = support_for(leeds, knowledge.directory)
    assert unknown.local is None
    assert unknown.services[0].id == "sendiass-finder"


@pytest.mark.parametrize(
    ("area", "first"),
    [("cardiff", "snap-cymru"), ("fife", "enquire"), ("education-authority-ni", "senac")],
)
def test_other_nations_get_their_own_services(knowledge: Knowledge, area: str, first: str) -> None:
    support = support_for(knowledge.areas.areas[area], knowledge.directory)

    assert support.services[0].id == first
    assert all(service.serves(knowledge.areas.areas[area].nation) for service in support.services)


def test_a_number_that_was_not_checked_says_so(knowledge: Knowledge) -> None:
    services = knowledge.directory.services

    assert services["mencap"].phone_line == "0808 808 1111 (check before you rely on it)"
    assert services["family-rights-group"].phone_line == "0808 801 0366"
    assert services["ipsea"].phone_line is None


def test_crisis_services_are_those_of_the_nation(knowledge: Knowledge) -> None:
    in_wales = {service.id for service in knowledge.directory.crisis_for(Nation.WALES)}

    assert {"emergency-999", "samaritans"} <= in_wales
    assert not {"lifeline-ni", "nhs-111-mental-health", "mencap"} & in_wales
