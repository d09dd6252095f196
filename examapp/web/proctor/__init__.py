"""The proctor's rooms: the live wall, one sitting live, and the review of flagged sittings."""

from examapp.web.proctor import cases, live, wall
from examapp.web.proctor.blueprint import blueprint

__all__ = ["blueprint", "cases", "live", "wall"]
