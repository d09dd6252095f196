"""Flagged sittings before people: the conclusion that opens a case, the review, its page."""
