"""The application factory: settings in, a Flask app out."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from examapp.config import Config, load_config
from examapp.domain.clock import Clock
from examapp.extensions import csrf, limiter
from examapp.services.platform import open_platform
from examapp.web import blueprints, errors, guard, identity, language, observability, security


def create_app(config: Config | None = None, clock: Clock | None = None) -> Flask:
    """An app on `config` (default: the environment). Raises `ValueError` for settings that can't be used."""
    config = config or load_config()
    observability.configure_logs(config.log_level)
    platform = open_platform(config, clock)
    # Flask's own static route is off: built files are served with their compressed twins by `web.assets`.
    app = Flask("examapp", static_folder=None, template_folder="templates")
    # People type addresses with and without the last slash; both are the same page.
    app.url_map.strict_slashes = False
    app.config.update(
        SIMEXAM=config,
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=config.upload_limit_bytes,
        RATELIMIT_ENABLED=config.rate_limits,
        RATELIMIT_STORAGE_URI="memory://",
        BABEL_TRANSLATION_DIRECTORIES="translations",
        **security.session_settings(config, platform.secrets.session_key),
    )
    if config.trusted_proxies:
        n = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.extensions["simexam"] = platform
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    observability.install(app, platform)
    security.install(app, config)
    csrf.init_app(app)
    limiter.init_app(app)
    identity.install(app)
    language.install(app)
    guard.install(app)
    errors.install(app)
    blueprints.install(app)
    return app
