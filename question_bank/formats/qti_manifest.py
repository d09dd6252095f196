"""The manifest of a QTI package: IMS content packaging with IEEE LOM metadata for each item."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from question_bank.formats.carried import PREFIX
from question_bank.formats.qti_names import LOM, XSI, Generation
from question_bank.item import Difficulty, ItemVersion

_LOM_DIFFICULTY = {Difficulty.EASY: "easy", Difficulty.MEDIUM: "medium", Difficulty.HARD: "difficult"}


def manifest_of(
    resources: Sequence[tuple[ItemVersion, dict[str, str], list[str]]], generation: Generation, folder: str
) -> bytes:
    """`resources`: each item with the cells it carries and the paths of its media."""
    root = Element("manifest", identifier="SIM-DARING-BANK")
    root.set("xmlns", generation.manifest_space)
    root.set("xmlns:lom", LOM)
    root.set("xmlns:xsi", XSI)
    root.set("xsi:schemaLocation", f"{generation.manifest_space} {generation.manifest_schema}")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = generation.package
    SubElement(metadata, "schemaversion").text = generation.package_version
    SubElement(root, "organizations")
    listed = SubElement(root, "resources")
    media: dict[str, None] = {}
    for item, carried, paths in resources:
        _item(listed, item, carried, paths, f"{folder}/{item.item_id}.xml", generation.resource)
        media.update(dict.fromkeys(paths))
    for path in media:
        resource = SubElement(listed, "resource", identifier=_name(path), type="webcontent", href=path)
        SubElement(resource, "file", href=path)
    for element in (root, listed, *listed):
        element.tail = "\n"
    body: bytes = tostring(root, "utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body


def _item(
    listed: Element, item: ItemVersion, carried: dict[str, str], paths: list[str], href: str, kind: str
) -> None:
    resource = SubElement(listed, "resource", identifier=item.item_id, type=kind, href=href)
    lom = SubElement(SubElement(resource, "metadata"), "lom:lom")
    general = SubElement(lom, "lom:general")
    identifier = SubElement(general, "lom:identifier")
    SubElement(identifier, "lom:catalog").text = "SIM Daring"
    SubElement(identifier, "lom:entry").text = item.item_id
    for code, _ in item.stem.entries:
        SubElement(general, "lom:language").text = code
    for column, cell in carried.items():
        keyword = SubElement(general, "lom:keyword")
        SubElement(keyword, "lom:string", language="x-none").text = f"{PREFIX}{column}={cell}"
    difficulty = SubElement(SubElement(lom, "lom:educational"), "lom:difficulty")
    SubElement(difficulty, "lom:source").text = "LOMv1.0"
    SubElement(difficulty, "lom:value").text = _LOM_DIFFICULTY[item.difficulty]
    SubElement(resource, "file", href=href)
    for path in paths:
        SubElement(resource, "dependency", identifierref=_name(path))


def _name(path: str) -> str:
    return "media-" + path.rpartition("/")[2].replace(".", "-")
