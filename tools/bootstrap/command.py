"""Run a program, keep all it says in a log, and turn its failure into a sentence with a way out."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bootstrap.console import Stop
from bootstrap.places import BIN, LOGS, ROOT

_NETWORK = "the network, or the package server, could not be reached"
_FETCHING = ("pip", "npm", "apt-get", "playwright", "fetch_model")

# What programs say when something outside them is wrong, and what the reader can do about it. The first match counts.
_CAUSES = (
    (
        r"No space left on device|ENOSPC|database or disk is full",
        "the disk is full",
        "free at least 3 GB on this disk, then run the same command again.",
    ),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY|integrity checksum failed|hash .{0,40}(mismatch|differs)",
        "a downloaded file is not the one that was expected (its hash differs)",
        "do not use it. Empty the download cache (rm -r ~/.cache/pip ~/.npm) and run again; if it stays so, "
        "the package server or a proxy changes files: ask whoever runs it.",
    ),
    (
        r"NewConnectionError|name resolution|ConnectTimeout|Read timed out|ReadTimeout|Max retries|ProxyError"
        r"|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|Network is unreachable|Could not resolve"
        r"|Temporary failure resolving|No matching distribution found|Failed to fetch|ERR_SOCKET_TIMEOUT",
        _NETWORK,
        "check the connection (and PIP_INDEX_URL, HTTPS_PROXY or npm's registry where your network needs them), "
        "then run the same command again. What was downloaded is kept.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|unable to verify the first",
        "the package server's certificate is not trusted here",
        "install ca-certificates, or point PIP_CERT and NODE_EXTRA_CA_CERTS to your network's certificate.",
    ),
    (
        r"Could not get lock|frontend lock|is locked by another process",
        "another program is installing packages on this system",
        "wait until it is done, then run the same command again.",
    ),
    (
        r"Permission denied|EACCES|Read-only file system",
        "a file or folder may not be written",
        "make this folder writable for you (or remove what another user left: rm -r .venv node_modules).",
    ),
)


def explain(program: str, output: str, log: Path) -> Stop:
    """The failure of `program` in words, from what it printed; a way out that it names itself comes first."""
    if own := re.search(r"^Stopped: (.+)\nWhat to do: ((?:.|\n)+)", output, re.MULTILINE):
        return Stop(own[1], own[2].strip())
    for pattern, what, to_do in _CAUSES:
        # A build that "could not resolve" a module has no trouble with the network.
        if what == _NETWORK and not program.startswith(_FETCHING):
            continue
        if re.search(pattern, output, re.IGNORECASE):
            return Stop(f"{what} ({program}).", f"{to_do}\nThe full log: {log}")
    last = "\n".join(f"   | {line}" for line in output.strip().splitlines()[-12:])
    return Stop(f"{program} failed. It said last:\n{last}", f"read the full log: {log}")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours, with the virtual environment's programs first."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(BIN.parent), "NO_COLOR": "1", **(extra or {})}


def run(
    program: str,
    arguments: Sequence[str | Path],
    *,
    on_line: Callable[[str], None] | None = None,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run `arguments` in the repository without a terminal to ask at; returns what was printed.

    `on_line` sees each line as it comes. Raises `Stop` when the program fails or does not exist.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{re.sub(r'[^a-z0-9]+', '-', program.lower())}.log"
    lines: list[str] = []
    try:
        process = subprocess.Popen(
            [str(each) for each in arguments],
            cwd=ROOT,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise Stop(f"{program} could not be started: {error}.", "run the same command again.") from None
    with process, log.open("w", encoding="utf-8") as kept:
        assert process.stdout is not None
        for line in process.stdout:
            kept.write(line)
            lines.append(line)
            if on_line:
                on_line(line)
    output = "".join(lines)
    if process.returncode != 0:
        raise explain(program, output, log)
    return output
