"""An item's line of law is read as people write it; what names no act is not guessed at."""

import pytest

from question_bank.content_loader import load_items
from question_bank.law.acts import shipped_acts
from question_bank.law.citation import Citation, read_citations


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("UU 22/2009 Pasal 113(1)(c)", [Citation("UU 22/2009", "113", "(1) c")]),
        (
            "UU 22/2009 Pasal 106(1), 283",
            [Citation("UU 22/2009", "106", "(1)"), Citation("UU 22/2009", "283")],
        ),
        (
            "PP 79/2013 Pasal 23(4); PM 111/2015",
            [Citation("PP 79/2013", "23", "(4)"), Citation("PM 111/2015")],
        ),
        ("PM 34/2014 Pasal 16 jo. PM 67/2018", [Citation("PM 34/2014", "16"), Citation("PM 67/2018")]),
        ("PM 13/2014 Pasal 11 ayat (2) huruf b", [Citation("PM 13/2014", "11", "(2) b")]),
        ("Undang-Undang UU No. 22 Tahun 2009 Pasal 57", [Citation("UU 22/2009", "57")]),
        ("Permenhub 13/2014 pasal 8", [Citation("PM 13/2014", "8")]),
        ("UU 22/2009 Pasal 113, 113", [Citation("UU 22/2009", "113")]),
        ("Kebiasaan mengemudi yang aman", []),
        ("Pasal 113", []),
        ("", []),
    ],
)
def test_what_is_cited(line: str, cited: list[Citation]) -> None:
    assert list(read_citations(line)) == cited


def test_two_spellings_of_an_act_have_one_address() -> None:
    assert (
        read_citations("uu 22/2009 pasal 113")[0].key
        == read_citations("UU Nomor 22 Tahun 2009 Pasal 113")[0].key
    )


def test_every_shipped_article_is_read_and_its_act_is_registered() -> None:
    registered = {act.act for act in shipped_acts()}
    for item in load_items():
        cited = {citation.act for citation in read_citations(item.article)}
        assert cited or not item.article, item.item_id
        assert cited <= registered, item.item_id
