"""What an operator sees: structured logs with a request id, health, readiness and metrics."""

import time
import uuid
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from examapp.domain.roles import Permission
from examapp.logs import configure_logs
from examapp.persistence.migrate import is_current
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.operations import WorkerBeat
from examapp.services.platform import Platform
from examapp.web.guard import requires

__all__ = ["configure_logs", "install"]

log = structlog.get_logger("simexam")
# A worker that was silent for longer is counted as down.
BEAT_LIMIT_SECONDS = 30


def _request_id() -> str:
    offered = request.headers.get("X-Request-Id", "")
    return offered if offered.isalnum() and len(offered) <= 40 else uuid.uuid4().hex


def _log_requests(app: Flask, requests: Counter, seconds: Histogram) -> None:
    @app.before_request
    def start() -> None:
        g.request_id, g.started = _request_id(), time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def finish(response: Response) -> Response:
        took = time.perf_counter() - g.get("started", time.perf_counter())
        endpoint = request.endpoint or "unknown"
        response.headers["X-Request-Id"] = g.get("request_id", "")
        requests.labels(endpoint, request.method, str(response.status_code)).inc()
        seconds.labels(endpoint).observe(took)
        if endpoint not in {"healthz", "readyz", "metrics", "built_asset"}:
            # The path's pattern, not the path: an address may hold a reset code or an attempt's id.
            rule = request.url_rule.rule if request.url_rule else "unmatched"
            log.info(
                "request",
                method=request.method,
                route=rule,
                status=response.status_code,
                ms=round(took * 1000, 1),
            )
        return response


def _readiness(platform: Platform) -> dict[str, Any]:
    """What is needed to serve, each part with what is wrong; `ready` sums it up."""
    problems: list[str] = []
    try:
        with platform.reading() as db:
            db.execute(text("SELECT 1"))
        if not is_current(platform.database):
            problems.append("the database needs a migration: run `simexam db upgrade`")
    except SQLAlchemyError as error:
        problems.append(f"the database can't be reached: {type(error).__name__}")
    if not platform.config.model_path.exists():
        problems.append(f"the vision model is missing: {platform.config.model_path.name}")
    return {"ready": not problems, "problems": problems}


def install(app: Flask, platform: Platform) -> None:
    registry = CollectorRegistry()
    requests = Counter("simexam_requests", "Requests", ["endpoint", "method", "status"], registry=registry)
    seconds = Histogram("simexam_request_seconds", "Time to answer", ["endpoint"], registry=registry)
    sittings = Gauge("simexam_attempts", "Attempts by state", ["state"], registry=registry)
    beats = Gauge(
        "simexam_worker_silence_seconds", "Since a worker's last sign of life", ["worker"], registry=registry
    )
    _log_requests(app, requests, seconds)

    @app.get("/healthz")
    @requires(Permission.PUBLIC)
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    @requires(Permission.PUBLIC)
    def readyz() -> tuple[Response, int]:
        found = _readiness(platform)
        return jsonify(found), 200 if found["ready"] else 503

    @app.get("/metrics")
    @requires(Permission.PUBLIC)
    def metrics() -> Response:
        now = platform.clock.now()
        with platform.reading() as db:
            for state, count in db.execute(select(Attempt.state, func.count()).group_by(Attempt.state)):
                sittings.labels(state).set(count)
            for beat in db.scalars(select(WorkerBeat)):
                beats.labels(beat.name).set((now - beat.at).total_seconds())
        return Response(generate_latest(registry), mimetype=None, content_type=CONTENT_TYPE_LATEST)
