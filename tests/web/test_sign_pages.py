"""Describing a sign through its page."""

from examapp.domain.roles import Role
from examapp.web.admin.bank_signs import EXAMPLE
from tests.support.marks import only_sqlite

pytestmark = only_sqlite


def test_a_sign_is_seen_first_and_kept_when_asked(person, visit) -> None:
    visitor = visit(person(Role.ADMINISTRATOR))
    source = EXAMPLE.replace("contoh-baru", "dari-halaman")
    seen = visitor.post("/admin/signs", {"source": source})
    assert seen.status_code == 200 and "data:image/svg+xml;base64," in seen.text
    assert "warning/dari-halaman</code>" not in visitor.get("/admin/signs").text
    assert visitor.post("/admin/signs", {"source": source, "keep": "1"}).status_code == 302
    assert "warning/dari-halaman</code>" in visitor.get("/admin/signs").text


def test_what_can_not_be_drawn_stays_in_the_form_with_its_reason(person, visit) -> None:
    answer = visit(person(Role.ADMINISTRATOR)).post("/admin/signs", {"source": "[warning.x]\nshape = 'blob'"})
    assert answer.status_code == 422
    assert "blob" in answer.text and "note--red" in answer.text
