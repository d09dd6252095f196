"""The words of messages that leave by telephone: short, in both languages, without a link anybody could imitate."""

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    "reset_code": {
        "id": "SIM Daring: kode Anda {code}, berlaku {minutes} menit. Jangan berikan kepada siapa pun, "
        "petugas pun tidak akan memintanya.",
        "en": "SIM Daring: your code is {code}, good for {minutes} minutes. Give it to nobody; "
        "our officers never ask for it.",
    },
    "registered_again": {
        "id": "SIM Daring: seseorang mendaftar dengan NIK Anda, padahal NIK itu sudah terdaftar. Tidak ada yang "
        "berubah. Jika itu Anda, masuklah atau pilih Lupa kata sandi. Jika bukan, hubungi {contact}.",
        "en": "SIM Daring: somebody registered with your NIK, which is registered already. Nothing has changed. "
        "If it was you, sign in or choose Forgotten password. If not, contact us: {contact}.",
    },
    "data_answered": {
        "id": "SIM Daring: permintaan Anda tentang data pribadi sudah dijawab. Masuklah dan buka halaman Data Anda.",
        "en": "SIM Daring: your request about your personal data is answered. Sign in and open the page Your data.",
    },
    "data_erased": {
        "id": "SIM Daring: data Anda telah dihapus sesuai permintaan Anda, dan akun Anda ditutup.",
        "en": "SIM Daring: your data was erased as you asked, and your account is closed.",
    },
    "help_answer": {
        "id": "SIM Daring, jawaban petugas: {answer}",
        "en": "SIM Daring, an officer answers: {answer}",
    },
}


def message_text(kind: str, language: str, **params: object) -> str:
    """The text of `kind` in `language` (Indonesian where there is no other), its gaps filled."""
    texts = TEXTS[kind]
    return texts.get(language, texts["id"]).format(**params)
