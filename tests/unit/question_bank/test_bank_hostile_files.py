"""Files made to hurt, and files that are broken: each refused with a reason, before anything is unpacked."""

import io
import stat
import zipfile

import pytest

from question_bank.formats import BankFormat, TableRefused, read_bank, recognise
from question_bank.problem_words import explain
from tests.support.foreign import manifest, package, resource, sample

ITEM = sample("tao_item.xml")


def refusal(data: bytes, bank_format: str) -> str:
    with pytest.raises(TableRefused) as refused:
        read_bank(data, BankFormat(bank_format))
    assert all(explain(refused.value.problems[0], language) for language in ("en", "id"))
    return refused.value.problems[0].code


def with_part(name: str, data: bytes = b"x", **more: bytes) -> bytes:
    return package(
        {"imsmanifest.xml": manifest(resource("i1", "i1.xml")), "i1.xml": ITEM, name: data, **more}
    )


def _symlink() -> bytes:
    out = io.BytesIO(with_part("a.txt"))
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def _many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(3):
            archive.writestr(f"bom{number}", bytes(30 * 2**20), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _locked() -> bytes:
    data = bytearray(with_part("a.txt"))
    # The flag of encryption in every central record.
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


BOMB = b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "http://127.0.0.1/x.dtd"><quiz/>'


@pytest.mark.parametrize(
    ("data", "bank_format", "code"),
    [
        pytest.param(BOMB, "moodle-xml", "xml_entities", id="entities"),
        pytest.param(OUTSIDE, "moodle-xml", "xml_entities", id="document type"),
        pytest.param(
            b"<quiz>" + b"<a>" * 100 + b"</a>" * 100 + b"</quiz>", "moodle-xml", "xml_too_deep", id="deep"
        ),
        pytest.param(b"<quiz><question>", "moodle-xml", "broken_xml", id="half"),
        pytest.param("<quiz/>".encode("utf-16"), "moodle-xml", "not_utf8_file", id="UTF-16"),
        pytest.param("<quiz>é</quiz>".encode("latin-1"), "moodle-xml", "not_utf8_file", id="Latin-1"),
        pytest.param(
            b'<?xml version="1.0" encoding="ISO-8859-1"?><quiz/>', "moodle-xml", "not_utf8_file", id="said"
        ),
        pytest.param("Soal {=a ~é}".encode("latin-1"), "gift", "not_utf8_file", id="GIFT in Latin-1"),
        pytest.param(ITEM, "moodle-xml", "wrong_kind", id="QTI as Moodle"),
        pytest.param(b"PK\x03\x04 half", "qti21", "archive_broken", id="half an archive"),
        pytest.param(with_part("../evil.xml"), "qti21", "archive_unsafe_name", id="parent"),
        pytest.param(with_part("/etc/passwd"), "qti21", "archive_unsafe_name", id="absolute"),
        pytest.param(with_part("C:/x"), "qti21", "archive_unsafe_name", id="drive"),
        pytest.param(with_part("a\\b.xml"), "qti21", "archive_unsafe_name", id="backslash"),
        pytest.param(_symlink(), "qti21", "archive_unsafe_name", id="symbolic link"),
        pytest.param(with_part("I1.XML"), "qti21", "archive_twice", id="case"),
        pytest.param(_many(), "qti21", "archive_too_large", id="zip bomb"),
        pytest.param(_locked(), "qti21", "archive_locked", id="password"),
        pytest.param(package({"i1.xml": ITEM}), "qti21", "no_manifest", id="no manifest"),
        pytest.param(package({"imsmanifest.xml": manifest()}), "qti21", "wrong_kind", id="no items"),
        pytest.param(b"", "gift", "empty_table", id="empty"),
    ],
)
def test_a_file_made_to_hurt_bounces_with_a_reason(data: bytes, bank_format: str, code: str) -> None:
    assert refusal(data, bank_format) == code


def test_a_package_cut_anywhere_is_refused() -> None:
    whole = with_part("a.txt")
    for share in (0.2, 0.5, 0.9, 0.99):
        assert refusal(whole[: int(share * len(whole))], "qti21") == "archive_broken"


def test_the_other_generation_is_named_item_by_item() -> None:
    data = package({"imsmanifest.xml": manifest(resource("i1", "i1.xml")), "i1.xml": sample("qti3_item.xml")})
    (report,) = read_bank(data, BankFormat.QTI21).reports
    assert report.problems[0].code == "wrong_kind" and "qti-" in str(report.problems[0].params)


def test_an_address_that_leads_out_of_the_package_leads_nowhere() -> None:
    item = ITEM.replace(b"gambar/rambu.png", b"../../../../etc/passwd")
    data = package({"imsmanifest.xml": manifest(resource("i1", "i1.xml")), "i1.xml": item})
    (report,) = read_bank(data, BankFormat.QTI21).reports
    assert any("etc/passwd" in str(problem.params) for problem in report.lost)


@pytest.mark.parametrize("data", [b"halo", b"\x89PNG\r\n\x1a\n", b"<html></html>", b"PK\x03\x04", b"MZ"])
def test_what_is_no_such_file_is_not_guessed(data: bytes) -> None:
    with pytest.raises(TableRefused) as refused:
        recognise(data)
    assert refused.value.problems[0].code == "kind_unknown"
