"""Marks that several rooms' tests use."""

import pytest

# For what can't depend on the database, such as which address needs which permission.
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
# For what only writers that overlap can do to each other; on SQLite they take turns as a whole.
only_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
