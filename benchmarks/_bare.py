"""The peer: a Flask endpoint that inserts the same row in the same database and does nothing else.

Same driver, same durability, same server and workers as the platform; no session, no check, no chain. The table is the
platform's own without its keys to other tables, so that a row costs what it costs.
"""

import os
import sqlite3
import threading
import time

from flask import Flask, jsonify, request

app = Flask("bare")
_local = threading.local()
COLUMNS = (
    "attempt_id, sequence, client_uuid, client_sequence, epoch, part, kind, item_id, value, client_time_ms, "
    "received_at, late, hash"
)


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        connection = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None, timeout=15)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS event ({COLUMNS}, PRIMARY KEY (attempt_id, sequence), "
            "UNIQUE (attempt_id, client_uuid))"
        )
        _local.connection = connection
    return _local.connection


@app.post("/events/<attempt>/<int:sequence>")
def insert(attempt: str, sequence: int):
    event = request.get_json()["events"][0]
    connection = _connection()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        f"INSERT INTO event ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            attempt,
            sequence,
            event["uuid"],
            sequence,
            1,
            event["part"],
            event["kind"],
            event["item_id"],
            str(event["value"]),
            None,
            time.time(),
            0,
            "0" * 64,
        ),
    )
    connection.execute("COMMIT")
    return jsonify(saved=True)
