"""The rooms of the web, registered in one place."""

from importlib import import_module

from flask import Flask

# Each module offers `blueprint`; the order is that of a walk through the house.
ROOMS = (
    "assets",
    "pictures",
    "recordings",
    "auth",
    "applicant",
    "api",
    "proctor",
    "psychologist",
    "admin",
    "auditor",
)


def install(app: Flask) -> None:
    for room in ROOMS:
        module = import_module(f"examapp.web.{room}")
        app.register_blueprint(module.blueprint)
