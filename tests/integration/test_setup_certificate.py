"""HTTPS for a phone on the same network: the certificate fits the addresses and is kept while it is good."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from examapp.cli.certificate import VALID_FOR, ensure_certificate

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def _addresses(path: Path) -> set[str]:
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(each) for each in names.get_values_for_type(x509.IPAddress)}


def test_it_names_every_address_and_loads_as_a_servers(tmp_path: Path) -> None:
    certificate, key = ensure_certificate(tmp_path, ["192.168.1.20"], NOW)
    assert {"127.0.0.1", "::1", "192.168.1.20"} <= _addresses(certificate)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)


def test_its_key_is_readable_for_the_owner_alone(tmp_path: Path) -> None:
    _, key = ensure_certificate(tmp_path, [], NOW)
    assert key.stat().st_mode & 0o077 == 0


def test_a_good_one_is_kept_so_that_phones_need_not_accept_it_again(tmp_path: Path) -> None:
    certificate, _ = ensure_certificate(tmp_path, ["192.168.1.20"], NOW)
    first = certificate.read_bytes()
    ensure_certificate(tmp_path, ["192.168.1.20"], NOW + timedelta(days=30))
    assert certificate.read_bytes() == first


def test_a_new_address_or_a_near_end_makes_a_new_one(tmp_path: Path) -> None:
    certificate, _ = ensure_certificate(tmp_path, ["192.168.1.20"], NOW)
    first = certificate.read_bytes()
    ensure_certificate(tmp_path, ["192.168.1.21"], NOW)
    second = certificate.read_bytes()
    ensure_certificate(tmp_path, ["192.168.1.21"], NOW + VALID_FOR - timedelta(days=3))
    assert len({first, second, certificate.read_bytes()}) == 3
