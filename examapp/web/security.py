"""Headers and cookies: a strict content policy, no framing, no sniffing, a camera for ourselves only."""

from flask import Flask, request
from werkzeug.wrappers import Response

from examapp.config import Config

CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


def session_settings(config: Config, key: str) -> dict[str, object]:
    """Flask's cookie settings. Secure everywhere but on plain loopback, where there is no TLS to speak of."""
    secure = config.https or not config.loopback
    return {
        "SECRET_KEY": key,
        "SESSION_COOKIE_NAME": "__Host-simexam" if secure else "simexam",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": 12 * 3600,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
    }


def install(app: Flask, config: Config) -> None:
    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=()"
        if config.https or not config.loopback:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if not request.path.startswith("/static/") and "Cache-Control" not in response.headers:
            # Pages carry names, answers and faces: nothing of them stays in a shared cache or a browser's.
            response.headers["Cache-Control"] = "no-store"
        return response
