"""`simexam bank`: reports that programs read, refusals that people read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from examapp.cli.bank import bank
from examapp.config import Config
from examapp.persistence.repositories import bank as stored
from examapp.services.bank.reading import read_dossier
from examapp.services.platform import Platform
from tests.support.bank_items import row, table
from tests.support.people import OPERATOR


@pytest.fixture
def run(config: Config, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIMEXAM_INSTANCE", str(config.instance))
    monkeypatch.setenv("SIMEXAM_DATABASE_URL", config.database_url)

    def call(*words: object) -> Result:
        return CliRunner().invoke(bank, [str(word) for word in words])

    return call


def test_every_row_of_an_import_is_kept_changed_or_lost(run, platform: Platform, tmp_path: Path) -> None:
    file = tmp_path / "soal.csv"
    file.write_bytes(table([row(1), row(2, stem_id="Tab\tdi tengah?"), row(3, key="f")]))
    refused = run("import", file, "--json")
    report = json.loads(refused.stdout)
    assert refused.exit_code == 1 and not report["committed"]
    assert [line["item"] for line in report["lost"]] == ["UJI-0003"]
    assert "key" in report["lost"][0]["reason"]
    with platform.reading() as session:
        assert stored.current_items(session) == {}
    taken = run("import", file, "--keep-good", "--json")
    report = json.loads(taken.stdout)
    assert taken.exit_code == 0 and report["committed"]
    assert [line["item"] for line in report["kept"]] == ["UJI-0001"]
    assert [line["item"] for line in report["changed"]] == ["UJI-0002"]
    assert read_dossier(platform, OPERATOR, "UJI-0001").state == "draft"


def test_an_export_imports_as_unchanged_in_every_format_that_holds_all(run, tmp_path: Path) -> None:
    assert run("seed").exit_code == 0
    for ending in ("csv", "xlsx", "moodle-xml", "qti21", "qti30"):
        file = tmp_path / f"bank.{ending}"
        assert run("export", "--format", ending, "--output", file).exit_code == 0
        report = json.loads(run("import", file, "--dry-run", "--json").stdout)
        assert len(report["kept"]) >= 150 and report["changed"] == report["lost"] == []
        assert {line["reason"] for line in report["kept"]} == {"unchanged"}


def test_a_form_is_drawn_again_bit_for_bit_with_its_proof(run) -> None:
    run("seed")
    first = run("assemble", "--blueprint", "sim-a", "--seed", "7", "--json")
    again = run("assemble", "--blueprint", "sim-a", "--seed", "7", "--json")
    form = json.loads(first.stdout)
    assert first.stdout == again.stdout
    assert len(form["items"]) == 30 and form["proof"]["seed"] == 7
    assert {"item_id", "version", "option_order"} <= form["items"][0].keys()
    assert all(constraint["met"] for constraint in form["proof"]["constraints"])


def test_a_given_form_is_made_again_and_compared(run, platform: Platform, tmp_path: Path) -> None:
    from examapp.persistence.records.attempts import Attempt, FormRecord
    from tests.support.people import make_applicant
    from tests.support.sitting import begun

    attempt_id = begun(platform, make_applicant(platform))
    with platform.reading() as session:
        reference = session.get_one(Attempt, attempt_id).reference
        record = session.get_one(FormRecord, attempt_id)
    same = run("assemble", "--attempt", reference, "--json")
    assert same.exit_code == 0 and json.loads(same.stdout)["same"]
    assert run("assemble", "--blueprint", "sim-a", "--seed", record.seed, "--json").exit_code == 0
    file = tmp_path / "bukti.json"
    file.write_text(json.dumps(json.loads(same.stdout)))
    assert run("assemble", "--proof", file).exit_code == 0
    forged = json.loads(same.stdout)
    forged["items"][4]["option_order"].reverse()
    file.write_text(json.dumps(forged))
    told = run("assemble", "--proof", file, "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["differences"] == ["item 5: options or scoring differ"]
    file.write_text("[]")
    assert "no proof" in run("assemble", "--proof", file).output
    assert run("assemble", "--attempt", "NONE99").exit_code == 1


def test_what_is_missing_is_told_to_programs_in_both_languages(run) -> None:
    result = run("assemble", "--blueprint", "sim-a", "--seed", "1", "--json")
    told = json.loads(result.stdout)["infeasible"]
    assert result.exit_code == 1
    assert sum(reason["missing"] for reason in told["reasons"]) == 30
    assert all(reason["en"] and reason["id"] for reason in told["reasons"])
    assert sum(wanted["count"] for wanted in told["wanted"]) == 30


def test_remarks_come_as_a_list(run, tmp_path: Path) -> None:
    file = tmp_path / "soal.csv"
    file.write_bytes(table([row(1)]))
    run("import", file)
    remarks = json.loads(run("lint", "--json").stdout)
    assert {"missing_translation", "no_article"} <= {remark["rule"] for remark in remarks}
    assert all(remark.keys() == {"item", "rule", "message"} for remark in remarks)


def test_refusals_are_sentences_and_never_tracebacks(run, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.csv"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    table_file = tmp_path / "soal.csv"
    table_file.write_bytes(table([row(1)]))
    for words, told in [
        (("import", broken, "--json"), "kind of file"),
        (("import", broken, "--format", "csv", "--json"), "PNG"),
        (("import", tmp_path / "absent.csv"), "does not exist"),
        (("import", table_file, "--format", "gift"), "GIFT"),
        (("import", table_file, "--prefix", "x"), "ABC"),
        (("import", table_file, "--classes", "A, Z"), "Z is not known"),
        (("import", table_file, "--by", "nobody"), "no such administrator"),
        (("export", "--format", "csv", "--output", tmp_path / "no" / "x.csv"), "can't be written"),
        (("assemble", "--blueprint", "sim-z", "--seed", "1"), "sim-a"),
        (("assemble", "--blueprint", "sim-a", "--seed", "1"), "missing"),
    ]:
        result = run(*words)
        assert result.exit_code != 0, words
        assert told in result.output, result.output
        assert "Traceback" not in result.output and not isinstance(result.exception, KeyError)


def test_who_is_named_answers_for_the_items(run, platform: Platform, person, tmp_path: Path) -> None:
    from examapp.domain.roles import Role

    ratna = person(Role.ADMINISTRATOR)
    file = tmp_path / "soal.csv"
    file.write_bytes(table([row(1)]))
    assert run("import", file, "--by", ratna.login).exit_code == 0
    dossier = read_dossier(platform, OPERATOR, "UJI-0001")
    assert (dossier.state, dossier.versions[0].by) == ("in_review", ratna.login.title())
    assert run("import", file, "--by", person(Role.PROCTOR).login).exit_code == 1
