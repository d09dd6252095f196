"""`simexam serve`: the web server, the frame analysis, the periodic work and the form pool, as one."""

import http.client
import os
import ssl
import sys
from pathlib import Path

import click
from sqlalchemy import select

from examapp.cli.addresses import EVERYWHERE, is_loopback, own_addresses, why_not_bindable
from examapp.cli.supervisor import Program, Supervisor
from examapp.config import REPOSITORY, Config, load_config
from examapp.logs import configure_logs
from examapp.persistence.database import Database
from examapp.persistence.migrate import is_current

# Answers wait for the disk, not for the processor, and a slow upload holds a thread: more threads than cores.
DEFAULT_THREADS = 16
_WEB = "web"
_GIVE_UP_AFTER_CRASHES = 3
_PROBE_SECONDS = 2.0


def _web(host: str, port: int, threads: int, tls: tuple[Path, Path] | None) -> Program:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    arguments = [
        *(sys.executable, "-m", "gunicorn", "examapp.app:create_app()", "--bind", bind),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(threads)),
        # Under the supervisor's own limit, so that a running request ends before the process is killed.
        *("--timeout", "60", "--graceful-timeout", "7", "--keep-alive", "15", "--log-level", "warning"),
        "--no-control-socket",
        *("--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"),  # noqa: S108
    ]
    if tls:
        arguments += ["--certfile", str(tls[0]), "--keyfile", str(tls[1])]
    return Program(_WEB, arguments)


def _worker(module: str, nice: int, number: int = 0) -> Program:
    name = module.rpartition(".")[2] + (f"-{number + 1}" if number else "")
    return Program(name, [sys.executable, "-m", module], nice)


def _check(config: Config, host: str, port: int) -> None:
    """Say now what would otherwise fail in the middle of starting."""
    if obstacle := why_not_bindable(host, port):
        raise click.ClickException(" ".join(obstacle))
    if not is_current(Database(config.database_url)):
        raise click.ClickException(
            "The database needs a migration: run `simexam db upgrade`, then serve again."
        )
    if not (REPOSITORY / "examapp/static/dist/manifest.json").exists():
        raise click.ClickException(
            "The scripts and styles were never built: run `make build`, then serve again."
        )


def _answers(host: str, port: int, https: bool) -> bool:
    target = "127.0.0.1" if host in EVERYWHERE else host
    if https:
        # Our own certificate, asked over our own machine: only whether it answers matters here.
        context = ssl._create_unverified_context()  # noqa: S323
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            target, port, timeout=_PROBE_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(target, port, timeout=_PROBE_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _demo_lines(config: Config) -> list[str]:
    """The demonstration's accounts as lines of text; none where it was not seeded."""
    from examapp.cli.demo import APPLICANTS, PASSWORD, STAFF
    from examapp.persistence.records.accounts import Account

    with Database(config.database_url).reading() as session:
        if session.scalar(select(Account.id).where(Account.demo).limit(1)) is None:
            return []
    people = [(each.login, each.role.value, each.note) for each in STAFF]
    people += [(each.nik, "applicant", each.note) for each in APPLICANTS]
    return [
        *(f"{login:<18}{role:<15}{note}".rstrip() for login, role, note in people),
        f"Password of each: {PASSWORD}",
    ]


def _announce(config: Config, host: str, port: int, https: bool) -> None:
    scheme = "https" if https else "http"
    hosts = ["127.0.0.1", *own_addresses()] if host in EVERYWHERE else [host]
    click.echo("\nSIM Daring is running:")
    for each in hosts:
        click.echo(f"   {scheme}://{each}:{port}")
    if https:
        click.echo("   The certificate is our own: the browser warns once; go on to the page.")
    if not is_loopback(host):
        click.echo("   Others on this network can reach it, so the demonstration accounts are refused.")
        click.echo("   Create staff with `simexam accounts`; applicants register on the page.")
        if not https:
            click.echo(
                "   Without HTTPS no camera starts and nobody stays signed in: make run HTTPS=1 HOST=0.0.0.0"
            )
    elif lines := _demo_lines(config):
        click.echo("\nDemonstration accounts:")
        for line in lines:
            click.echo(f"   {line}")
    click.echo("\nStop with Ctrl-C.\n")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=DEFAULT_THREADS, show_default=True, type=click.IntRange(1, 256))
@click.option(
    "--analysts", default=1, show_default=True, type=click.IntRange(0, 16), help="Frame analysis processes."
)
@click.option(
    "--https", is_flag=True, help="Serve TLS with a self-signed certificate from the instance folder."
)
def serve(host: str, port: int, threads: int, analysts: int, https: bool) -> None:
    """Serve the platform and its workers until Ctrl-C or SIGTERM."""
    try:
        config = load_config()
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    configure_logs(config.log_level)
    _check(config, host, port)
    tls = None
    if https:
        from examapp.cli.certificate import ensure_certificate

        tls = ensure_certificate(config.instance, own_addresses())
    environment = {
        **os.environ,
        # The app refuses demonstration accounts and plain cookies by these two. Behind a proxy our own address is
        # loopback, and yet others reach us.
        "SIMEXAM_LOOPBACK": "1"
        if is_loopback(host) and config.loopback and not config.trusted_proxies
        else "0",
        "SIMEXAM_HTTPS": "1" if https or config.https else "0",
    }
    programs = [
        _web(host, port, threads, tls),
        *(_worker("examapp.workers.frames", 10, number) for number in range(analysts)),
        _worker("examapp.workers.periodic", 5),
        _worker("examapp.workers.form_pool", 10),
    ]
    supervisor = Supervisor(programs, environment)

    def ready() -> bool:
        if supervisor.crashes(_WEB) >= _GIVE_UP_AFTER_CRASHES:
            supervisor.stop()
            click.echo(
                "The web server does not start; its reason stands above. Nothing is running.", err=True
            )
            failed.append(True)
            return True
        if not _answers(host, port, https):
            return False
        _announce(config, host, port, https)
        return True

    failed: list[bool] = []
    supervisor.run(while_starting=ready)
    sys.exit(1 if failed else 0)
