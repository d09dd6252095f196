"""The goals (`run`, `test`, `build`, …) as lists of steps."""

import os
import sys
from collections.abc import Callable

from bootstrap import application, browser, libraries, node, python_env
from bootstrap.address import check_address
from bootstrap.console import Stop, say
from bootstrap.ground import check_ground
from bootstrap.places import VENV


def prepare(lock: str, *, for_tests: bool = False) -> None:
    """All that running needs and that leaves no data behind: packages, libraries, scripts, catalogues, model."""
    check_ground()
    wanted = python_env.packages()
    if for_tests:
        libraries.ensure_libraries(
            libraries.NEEDED | libraries.NEEDED_BY_TESTS, [*wanted, *browser.packages()]
        )
    else:
        libraries.ensure_libraries(libraries.NEEDED, wanted)
    python_env.make_environment()
    python_env.install(lock)
    python_env.link_project()
    libraries.load_vision()
    node.build()
    application.compile_catalogues()
    application.make_instance()
    application.fetch_model()
    application.check_vision()


def for_run() -> None:
    check_address()
    prepare(python_env.RUNTIME)
    application.migrate()
    if os.environ.get("DEMO", "1") != "0":
        application.seed_demo()


def for_test() -> None:
    application.ensure_sysfs()
    prepare(python_env.DEVELOPMENT, for_tests=True)
    found = browser.ensure_browser()
    # `make` reads the browser's path from here; the tests take it from SIMEXAM_BROWSER.
    (VENV / "browser").write_text(found + "\n")


def for_development() -> None:
    prepare(python_env.DEVELOPMENT)
    node.ensure_node()
    node.install_packages()


def for_build() -> None:
    python_env.make_environment()
    node.ensure_node()
    node.install_packages()
    node.build()


GOALS: dict[str, Callable[[], None]] = {
    "run": for_run,
    "test": for_test,
    "development": for_development,
    "build": for_build,
}


def main(arguments: list[str]) -> int:
    """Reach the goal named by the one argument; returns the exit status. What can be foreseen gives no traceback."""
    if len(arguments) != 1 or arguments[0] not in GOALS:
        say(f"usage: python tools/setup.py {{{','.join(GOALS)}}}")
        return 2
    try:
        GOALS[arguments[0]]()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped on request. Run the same command again to go on from here.", file=sys.stderr)
        return 130
    except OSError as error:
        full = error.errno == 28  # ENOSPC
        what = "the disk is full" if full else f"a file could not be written or read: {error}"
        to_do = "free at least 3 GB" if full else "check the folder's owner and space"
        print(Stop(f"{what}.", f"{to_do}, then run the same command again."), file=sys.stderr)
        return 1
    return 0
