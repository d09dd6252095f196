"""Reading a request's body, bounded in size and in time: whoever sends too much, or stops sending, holds nobody up."""

import time

from flask import request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest, RequestTimeout

from examapp.domain.errors import TooMuch

# A slow line still delivers something this often; a whole picture over a slow line takes its time.
IDLE_SECONDS = 15.0
WHOLE_SECONDS = 60.0
_PIECE = 64 * 1024


def read_body(limit: int, beyond: TooMuch) -> bytes:
    """The body, at most `limit` bytes. Raises `beyond`, `BadRequest` for broken framing, `RequestTimeout`."""
    # By its announced size first: a body that is too large is never read into memory.
    if (request.content_length or 0) > limit:
        raise beyond
    line = request.environ.get("gunicorn.socket")
    if line is not None:
        line.settimeout(IDLE_SECONDS)
    end = time.monotonic() + WHOLE_SECONDS
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := request.stream.read(min(_PIECE, limit + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise beyond
            if time.monotonic() > end:
                raise RequestTimeout
    except TimeoutError as error:
        raise RequestTimeout from error
    except (OSError, ParseException) as error:
        # What the server says of chunks that can't be read.
        raise BadRequest from error
    finally:
        if line is not None:
            line.settimeout(None)
    return b"".join(pieces)
