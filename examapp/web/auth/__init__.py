"""The front door. Importing the modules registers their routes."""

from examapp.web.auth import account, help, register, reset, sign_in, welcome
from examapp.web.auth.blueprint import blueprint

__all__ = ["account", "blueprint", "help", "register", "reset", "sign_in", "welcome"]
