import pytest

from bot.matching.lexicon import ordinary
from bot.matching.normal import plain, same_length, words
from bot.matching.reading import Reader
from bot.matching.topic import Synonym

OWN = ("the tribunal hearing", "an appeal about transport", "the annual review", "reasonable")
GLOSSARY = (
    Synonym("ehcp", ("ehc plan", "statement", "statement of special educational needs")),
    Synonym("sendiass", ("parent partnership",)),
    Synonym("sar", ("sar",), weak=True),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(OWN, GLOSSARY, ordinary())


def test_invisible_letters_and_lookalikes_are_seen_through():
    assert plain("What is S\u200bEN\u200bDIASS") == "what is sendiass"
    assert plain("ЕНСР") == "ehcp"


def test_folding_keeps_every_offset():
    post = "Ηоw lоng\u200b dоеs — “it” take? 🙏"
    assert len(same_length(post)) == len(post)


def test_links_mentions_and_markup_leave_only_words():
    post = "**[SENDIASS](https://bad.example.org)** <@123> @someone `x` https://example.org/a?b"
    assert words(plain(post)) == ["sendiass", "x"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wot can i do b4 2moro", "what can i do before tomorrow"),
        ("need help 4 my dd", "need help for my daughter"),
        ("he is 4 years old", "he is 4 years old"),
        ("at key stage 2 now", "at key stage 2 now"),
        ("soooo tired", "soo tired"),
    ],
)
def test_phone_spelling_is_undone(reader, typed, meant):
    assert reader.read(typed).text == meant


def test_a_slip_is_mended_towards_our_own_words(reader):
    assert reader.read("tribnual transprot").text == "tribunal transport"


def test_ordinary_words_and_names_are_left_alone(reader):
    assert reader.read("goalposts montessori llanelli").text == "goalposts montessori llanelli"


def test_old_and_new_words_meet_in_the_lexical_channels(reader):
    old = reader.read("his statement says parent partnership")
    new = reader.read("his EHC plan says SENDIASS")
    assert old.words == new.words
    assert old.stems == new.stems


def test_a_weak_synonym_changes_nothing(reader):
    assert reader.read("sar").words == ("sar",)
