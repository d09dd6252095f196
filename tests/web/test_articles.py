"""Articles of law read in each language as its readers write them."""

import pytest

from examapp.web.articles import article_in


def _said(text: str, language: str) -> str:
    return article_in(text, language).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("terse", "indonesian", "english"),
    [
        ("Perpol 5/2021 art. 15(2)", "Perpol 5/2021 Pasal 15 ayat (2)", "Perpol 5/2021 Article 15(2)"),
        (
            "UU 22/2009 Pasal 113(1)(c)",
            "UU 22/2009 Pasal 113 ayat (1) huruf c",
            "UU 22/2009 Article 113(1)(c)",
        ),
        (
            "PM 13/2014 Pasal 11 ayat (2) huruf b",
            "PM 13/2014 Pasal 11 ayat (2) huruf b",
            "PM 13/2014 Article 11(2)(b)",
        ),
        ("Perpol 5/2021 art. 12, 14", "Perpol 5/2021 Pasal 12, Pasal 14", "Perpol 5/2021 Articles 12, 14"),
        (
            "Perpol 5/2021 art. 15(2); ST/2386/X/YAN.1.1/2022",
            "Perpol 5/2021 Pasal 15 ayat (2); ST/2386/X/YAN.1.1/2022",
            "Perpol 5/2021 Article 15(2); ST/2386/X/YAN.1.1/2022",
        ),
        ("SKB 3 Menteri, 19 September 2025",) * 3,
    ],
)
def test_an_article_reads_as_in_the_readers_language(terse: str, indonesian: str, english: str) -> None:
    assert _said(terse, "id") == indonesian
    assert _said(terse, "en") == english
    assert _said(indonesian, "id") == indonesian


def test_the_number_of_an_article_stays_with_its_word() -> None:
    assert "Pasal\N{NO-BREAK SPACE}15 ayat\N{NO-BREAK SPACE}(2)" in article_in("art. 15(2)", "id")
