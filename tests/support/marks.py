"""Marks that several rooms' tests use."""

import pytest

# For what can't depend on the database, such as which address needs which permission.
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
