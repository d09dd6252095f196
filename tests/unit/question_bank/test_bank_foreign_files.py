"""Files of other systems: what is taken in, and that every other part is named with its place."""

import pytest

from question_bank.formats import BankFormat, Defaults, RowReport, RowStatus, read_bank, recognise
from question_bank.item import Difficulty, ItemType, Topic
from question_bank.licence import LicenceClass
from question_bank.problem_words import explain
from tests.support.foreign import PNG, manifest, package, resource, sample

CHOSEN = Defaults("IMP", Topic.SIGNS, frozenset({LicenceClass.A}), Difficulty.MEDIUM)


def read(data: bytes, bank_format: str) -> list[RowReport]:
    reports = list(read_bank(data, BankFormat(bank_format), CHOSEN).reports)
    for report in reports:
        for problem in (*report.problems, *report.lost):
            assert explain(problem, "id") and explain(problem, "en")
    return reports


def lost(report: RowReport) -> dict[str, str]:
    """What is lost of an item, by place."""
    return {problem.field: str(dict(problem.params).get("value", "")) for problem in report.lost}


def test_a_moodle_export_is_accounted_for_to_the_last_element() -> None:
    category, choice, pair, *others = read(sample("moodle.xml"), "moodle-xml")
    assert category.status is RowStatus.ASIDE and "top/Rambu" in category.lost[0].params[0][1]
    assert choice.item is not None and choice.status is RowStatus.CHANGED
    assert choice.item.stem.in_language("id") == "Apa arti rambu ini?"
    assert choice.item.explanation.in_language("id") == "Lihat PM 13/2014."
    assert choice.item.picture_alt and choice.item.picture_alt.in_language("id") == "Segitiga kuning"
    assert choice.item.picture and choice.item.picture.startswith("media:")
    assert choice.item.key == {"a"} and choice.identity == "IMP-0001"
    where = "question[2]"
    assert lost(choice) == {
        f"{where}/name[1]": "<name> Rambu segitiga",
        f"{where}/penalty[1]": "<penalty> 0.3333333",
        f"{where}/correctfeedback[1]": "<correctfeedback> Jawaban Anda benar.",
        f"{where}/shownumcorrect[1]": "<shownumcorrect>",
        f"{where}/answer[2]/feedback[1]": "<feedback> Hampir.",
        f"{where}/hint[1]": "<hint> Perhatikan lambangnya.",
        f"{where}/tags[1]/tag[1]": "<tag> rambu",
        where: "50",
    }
    codes = {problem.code for problem in choice.problems}
    assert codes == {"default_set", "numbered", "formatting_dropped"}
    assert pair.item is not None and pair.identity == "HLM-0001"
    assert (pair.item.type, pair.item.key) == (ItemType.TRUE_FALSE, {"a"})
    assert pair.item.stem.in_language("en") == "A helmet must be worn."
    kinds = [
        (report.status, report.problems[0].code, dict(report.problems[0].params)["value"])
        for report in others
    ]
    assert kinds == [(RowStatus.ERROR, "type_unknown", kind) for kind in ("essay", "matching", "cloze")]


def test_gift_by_hand_is_accounted_for() -> None:
    category, gap, many, pair, essay, number, match, short, bare = read(sample("soal.gift"), "gift")
    assert category.status is RowStatus.ASIDE
    assert gap.item is not None and gap.item.key == {"a"}
    assert gap.item.stem.in_language("id") == "Batas kecepatan di kota adalah ___ kecuali rambu berkata lain."
    assert gap.item.explanation.in_language("id") == "PP 79/2013 pasal 23."
    assert sorted(lost(gap).values()) == ["#Benar.", "#Hampir.", "25"]
    assert many.item is not None and many.item.type is ItemType.MULTIPLE_RESPONSE
    assert many.item.stem.in_language("id") == "Yang wajib dibawa:" and many.item.key == {"a", "b"}
    assert not many.lost
    assert pair.item is not None and pair.item.type is ItemType.TRUE_FALSE and pair.item.key == {"a"}
    kinds = [dict(report.problems[0].params)["value"] for report in (essay, number, match, short)]
    assert kinds == ["essay", "numerical", "matching", "short answer"]
    assert bare.problems[0].code == "no_braces"


def test_aiken_by_hand_names_the_line_that_is_wrong() -> None:
    good, stray, no_key, cut = read(sample("soal.aiken"), "aiken")
    assert good.item is not None and good.item.key == {"a"} and len(good.item.options) == 3
    assert [(report.problems[0].field, report.problems[0].code) for report in (stray, no_key, cut)] == [
        ("line 10", "aiken_line"),
        ("key", "key_not_an_option"),
        ("line 18", "aiken_unfinished"),
    ]


def test_a_tao_package_is_accounted_for_to_the_last_element() -> None:
    difficulty = (
        "<lom:educational><lom:difficulty><lom:value>difficult</lom:value></lom:difficulty></lom:educational>"
    )
    rights = "<lom:rights><lom:description><lom:string>milik kami</lom:string></lom:description></lom:rights>"
    listed = [
        resource("i60114", "i60114/qti.xml", metadata=difficulty + rights),
        resource("i99", "i99/qti.xml"),
        resource("test", "test.xml", "imsqti_test_xmlv2p1"),
    ]
    parts = {
        "imsmanifest.xml": manifest(*listed),
        "i60114/qti.xml": sample("tao_item.xml"),
        "i60114/gambar/rambu.png": PNG,
        "i60114/style/tao-user-styles.css": b"p { color: red }",
        "test.xml": b"<assessmentTest/>",
    }
    item, missing, *asides = read(package(parts), "qti21")
    assert item.item is not None
    assert item.item.stem.in_language("id") == "Lihat gambar ini.\nApa artinya?"
    assert [option.text.in_language("id") for option in item.item.options] == ["Berhenti", "Dilarang masuk"]
    assert item.item.key == {"choice_2"} and item.item.picture and item.item.difficulty is Difficulty.HARD
    named = " ".join(f"{place} {value}" for place, value in lost(item).items())
    for part in (
        "mapping",
        "MAXSCORE",
        "stylesheet",
        "rubricBlock",
        "feedbackInline",
        "rights",
        "map_response",
    ):
        assert part in named, part
    names = {dict(problem.params).get("name") for problem in item.lost}
    assert {"title", "label", "orientation", "fixed"} <= names
    assert missing.problems[0].code == "part_missing"
    left = {problem.field for report in asides for problem in report.lost}
    assert left == {"i60114/style/tao-user-styles.css", "test.xml"}


def test_a_single_item_of_qti_3_is_read_without_its_package() -> None:
    (item,) = read(sample("qti3_item.xml"), "qti30")
    assert (
        item.item is not None and item.item.type is ItemType.ORDERING and item.item.order == ("c", "a", "b")
    )
    assert {"stylesheet", "modalFeedback"} <= {
        problem.field.partition("/")[2].partition("[")[0] for problem in item.lost
    }


def test_what_nobody_chose_is_asked_for_and_not_guessed() -> None:
    reports = read_bank(sample("soal.aiken"), BankFormat.AIKEN).reports
    assert {problem.field for problem in reports[0].problems} >= {"topic", "difficulty"}


@pytest.mark.parametrize(
    ("name", "bank_format"),
    [
        ("moodle.xml", "moodle-xml"),
        ("soal.gift", "gift"),
        ("soal.aiken", "aiken"),
        ("tao_item.xml", "qti21"),
        ("qti3_item.xml", "qti30"),
    ],
)
def test_a_file_is_known_by_its_content(name: str, bank_format: str) -> None:
    assert recognise(sample(name)) == bank_format
