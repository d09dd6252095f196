"""Setting up: what a person reads when something about their machine is wrong, and what a second run skips."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import playwright
import pytest

from tests.support.repository import ROOT

TOOLS = ROOT / "tools"


@pytest.fixture(autouse=True)
def tools_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))


def test_an_old_python_can_read_the_file_that_refuses_it() -> None:
    ast.parse((TOOLS / "setup.py").read_text(), feature_version=(3, 5))


def test_an_old_python_is_told_what_to_install() -> None:
    script = "import sys, runpy; sys.version_info = (3, 8, 10); runpy.run_path('tools/setup.py')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "This is Python 3.8" in done.stderr and "apt-get install -y python3.11" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("said", "wrong", "to_do"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hash differs", "cache"),
        ("npm error code EINTEGRITY", "hash differs", "cache"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "network", "connection"),
        ("npm error code ENOTFOUND", "network", "connection"),
        ("OSError: [Errno 28] No space left on device", "disk is full", "free"),
        ("ssl.SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "certificate", "PIP_CERT"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 71", "installing", "wait"),
        ("something nobody foresaw", "something nobody foresaw", "log"),
    ],
)
def test_a_failure_of_a_program_says_what_to_do(said: str, wrong: str, to_do: str) -> None:
    from bootstrap.command import explain

    message = str(explain("pip", said, Path("pip.log")))
    assert wrong in message and "What to do:" in message and to_do in message


def test_a_program_that_knows_the_way_out_is_quoted() -> None:
    from bootstrap.command import explain

    said = "Fetching ...\nStopped: the model is another.\nWhat to do: remove it,\nthen run again.\n"
    stop = explain("fetch_model", said, Path("fetch.log"))
    assert (stop.what, stop.to_do) == ("the model is another.", "remove it,\nthen run again.")


def test_a_module_that_a_build_cannot_find_is_not_blamed_on_the_network() -> None:
    from bootstrap.command import explain

    message = str(explain("vite build", "Could not resolve './timer' in main.ts", Path("vite.log")))
    assert "network" not in message and "./timer" in message


def test_a_step_is_skipped_until_its_inputs_change(tmp_path: Path) -> None:
    from bootstrap.places import Stamp, digest

    lock = ROOT / "requirements.lock"
    first = digest([lock])
    assert not Stamp("x", first, tmp_path).fresh()
    Stamp("x", first, tmp_path).write()
    assert Stamp("x", digest([lock]), tmp_path).fresh()
    assert not Stamp("x", digest([lock], "another Python"), tmp_path).fresh()


def test_who_is_not_root_gets_the_one_line_to_run() -> None:
    from bootstrap.libraries import what_forbids

    refusal = str(what_forbids(["libegl1"], has_apt=True, root=False))
    assert "apt-get update && apt-get install -y" in refusal and "as root" in refusal and "libegl1" in refusal
    assert what_forbids(["libegl1"], has_apt=True, root=True) is None


def test_a_system_without_apt_is_told_what_the_packages_are_called() -> None:
    from bootstrap.libraries import what_forbids

    refusal = str(what_forbids(["libegl1", "libgles2"], has_apt=False, root=True))
    assert "libegl1, libgles2" in refusal and "What to do:" in refusal


def test_every_goal_of_the_makefile_is_one_that_setup_knows() -> None:
    from bootstrap.steps import GOALS

    called = set(re.findall(r"tools/setup\.py (\w+)", (ROOT / "Makefile").read_text()))
    assert called <= set(GOALS)
    assert {"run", "test"} <= called


def test_make_without_any_python_says_what_to_install(tmp_path: Path) -> None:
    for program in ("make", "sh", "env"):
        found = next(
            Path(folder) / program
            for folder in os.environ["PATH"].split(":")
            if (Path(folder) / program).exists()
        )
        (tmp_path / program).symlink_to(found)
    done = subprocess.run(
        [str(tmp_path / "make"), "run"],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "apt-get install python3" in done.stdout


def test_the_node_that_drives_browsers_asks_for_no_library_that_setup_does_not_know() -> None:
    from bootstrap.libraries import NEEDED_BY_TESTS

    # The C library's own, and the two of the compiler that apt itself stands on: no Debian is without them.
    everywhere = (
        *("libc.", "libm.", "libdl.", "libpthread.", "librt.", "ld-linux", "linux-vdso"),
        *("libstdc++.", "libgcc_s."),
    )
    node = Path(str(playwright.__file__)).parent / "driver" / "node"
    said = subprocess.run(["ldd", node], capture_output=True, text=True, check=True).stdout
    names = {Path(line.split()[0]).name for line in said.splitlines()}
    assert {name for name in names if not name.startswith(everywhere)} <= set(NEEDED_BY_TESTS)


def test_a_folder_of_somebody_else_is_named_with_its_owner() -> None:
    from bootstrap.ground import why_not_writable

    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        stop = why_not_writable(Path("/etc"))
    finally:
        os.seteuid(me)
    assert stop is not None and "/etc belongs to root" in stop.what and "chown -R" in stop.to_do
