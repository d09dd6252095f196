"""A QTI package as drafts: the manifest says which parts are items; every other part is accounted for."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from question_bank.formats.archive import Package
from question_bank.formats.carried import cell_of
from question_bank.formats.drafts import Draft
from question_bank.formats.media import MediaReader
from question_bank.formats.qti_names import Generation
from question_bank.formats.qti_read import read_item_xml
from question_bank.formats.report import TableRefused
from question_bank.formats.xml_reading import Ledger, is_element, local, parse_xml
from question_bank.problem import Problem

MANIFEST = "imsmanifest.xml"
_LOM_DIFFICULTY = {
    "very easy": "easy",
    "easy": "easy",
    "medium": "medium",
    "difficult": "hard",
    "very difficult": "hard",
}
_NEUTRAL = frozenset({"schema", "schemaversion", "organizations"})


def read_qti(data: bytes, media: MediaReader, generation: Generation) -> list[Draft]:
    """A draft for each item, one aside for each other thing. `data` is a package, or a single item's XML."""
    if not data.startswith(b"PK"):
        draft = Draft(1, "file")
        read_item_xml(data, draft, media, generation, None, "file")
        if draft.faults and draft.faults[0].field == "file" and "id" not in draft.row:
            raise TableRefused(*draft.faults)
        return [draft]
    package = Package(data)
    manifest = next((name for name in package if name.lower() == MANIFEST), None)
    if manifest is None:
        raise TableRefused(Problem.of("file", "no_manifest"))
    root = parse_xml(package.read(manifest), MANIFEST)
    if local(str(root.tag)) != "manifest":
        raise TableRefused(
            Problem.of("file", "wrong_kind", expected=f"QTI {generation.name}", found=str(root.tag)[-40:])
        )
    return list(_Reading(package, root, media, generation).drafts())


class _Reading:
    """A package being read: `used` are the parts that something accounted for."""

    def __init__(self, package: Package, root: Element, media: MediaReader, generation: Generation) -> None:
        self._package, self._root, self._media, self._generation = package, root, media, generation
        self._ledger = Ledger()
        self.used: set[str] = {name for name in package if name.lower() == MANIFEST}

    def drafts(self) -> Iterator[Draft]:
        resources = [each for each in self._root.iter() if is_element(each) and local(each.tag) == "resource"]
        items = [each for each in resources if each.get("type", "").startswith("imsqti_item")]
        if not items:
            kinds = ", ".join(sorted({each.get("type", "?") for each in resources}))[:80]
            raise TableRefused(
                Problem.of("file", "wrong_kind", expected=f"QTI {self._generation.name}", found=kinds or "–")
            )
        for number, resource in enumerate(items, 1):
            yield self._item(resource, number)
        yield from self._asides(resources)

    def _item(self, resource: Element, number: int) -> Draft:
        href = resource.get("href") or next(
            (each.get("href", "") for each in resource if is_element(each) and local(each.tag) == "file"), ""
        )
        draft = Draft(number, href[:80] or resource.get("identifier", "?")[:80])
        self._ledger.take(resource, *resource.keys())
        self._metadata(resource, draft)
        for child in resource:
            if is_element(child) and local(child.tag) in {"file", "dependency"}:
                self._ledger.whole(child)
        part = self._package.beside("", href)
        if part is None:
            draft.row["id"] = resource.get("identifier", "")
            draft.faults.append(Problem.of(draft.place, "part_missing", name=href[:80]))
            return draft
        self.used.add(part)
        named_media = [
            column for column in draft.row if column.endswith(("picture", "clip", "audio_id", "audio_en"))
        ]
        data = self._package.read(part)
        self.used |= read_item_xml(
            data, draft, self._media, self._generation, self._package, part, named_media
        )
        draft.lost += self._ledger.left(resource, f"{MANIFEST}/resource[{number}]")
        return draft

    def _metadata(self, resource: Element, draft: Draft) -> None:
        """Our keywords as cells, and of others' metadata the difficulty; the rest of it stays unaccounted."""
        for element in resource.iter():
            name = local(str(element.tag)) if is_element(element) else ""
            if name in {"metadata", "lom", "general", "educational", "keyword", "langstring", "qtiMetadata"}:
                self._ledger.take(element)
            elif name in {"schema", "schemaversion", "identifier", "language", "interactionType"}:
                self._ledger.whole(element)
            elif name == "string" and (cell := cell_of(element.text or "")):
                self._ledger.words(element, *element.keys())
                draft.row[cell[0]] = cell[1]
            elif name == "difficulty":
                words = " ".join(part.strip() for part in element.itertext()).strip().lower()
                found = next(
                    (ours for theirs, ours in _LOM_DIFFICULTY.items() if words.endswith(theirs)), None
                )
                if found:
                    self._ledger.whole(element)
                    draft.row.setdefault("difficulty", found)

    def _asides(self, resources: list[Element]) -> Iterator[Draft]:
        """Tests, stylesheets and files that no item uses, and what else the manifest holds."""
        for element in self._root.iter():
            name = local(str(element.tag)) if is_element(element) else ""
            if element is self._root or name == "resources":
                self._ledger.take(element, *element.keys())
            elif name == "metadata" and element in list(self._root):
                self._ledger.take(element)
            elif name in _NEUTRAL and len(element) == 0:
                self._ledger.whole(element)
        for resource in resources:
            if not resource.get("type", "").startswith("imsqti_item"):
                # A file is reported as a file below, once.
                self._ledger.whole(resource)
        left = list(self._ledger.left(self._root, MANIFEST))
        mine = [problem for problem in left if not problem.field.startswith(f"{MANIFEST}/resources")]
        left_parts = sorted(set(self._package) - self.used)
        mine += [Problem.of(name[-80:], "element_lost", value=name[-80:]) for name in left_parts]
        for number, problem in enumerate(mine, 1):
            yield Draft(number, problem.field, lost=[problem], aside=True)
