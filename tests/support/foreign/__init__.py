"""Files in the style of other systems' exports, written for these tests: Moodle 4, TAO, a QTI 3.0 player, teachers."""

import io
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000001800000018080200000"
    "06f15aaaf0000001d49444154"  # the rest does not matter to a reader that only looks at its kind
)


def sample(name: str) -> bytes:
    return (HERE / name).read_bytes()


def package(parts: dict[str, bytes]) -> bytes:
    """A zip of `parts` by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def manifest(*resources: str, space: str = "http://www.imsglobal.org/xsd/imscp_v1p1") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="{space}" xmlns:lom="http://ltsc.ieee.org/xsd/LOM" identifier="M1"><metadata><schema>QTI</schema>
<schemaversion>1.0</schemaversion></metadata><organizations/><resources>{"".join(resources)}</resources></manifest>
""".encode()


def resource(name: str, href: str, kind: str = "imsqti_item_xmlv2p1", metadata: str = "") -> str:
    held = f"<metadata><lom:lom>{metadata}</lom:lom></metadata>" if metadata else ""
    return f'<resource identifier="{name}" type="{kind}" href="{href}">{held}<file href="{href}"/></resource>'
