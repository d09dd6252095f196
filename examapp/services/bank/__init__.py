"""The question bank: reading, writing, checking, approving, importing, and its pictures."""
