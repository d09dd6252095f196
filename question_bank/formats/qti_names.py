"""The two generations of QTI: the same item model, camelCase names in 2.1, `qti-` names with hyphens in 3.0."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from question_bank.formats.xml_reading import XML_LANG, is_element, local

LOM = "http://ltsc.ieee.org/xsd/LOM"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Generation:
    """Namespaces and words of one generation (1EdTech: QTI 2.1 final 2012, QTI 3.0 final 2022)."""

    name: str
    item_space: str
    item_schema: str
    manifest_space: str
    manifest_schema: str
    package: str
    package_version: str
    resource: str
    match_correct: str

    @property
    def hyphenated(self) -> bool:
        return self.name == "3.0"


QTI21 = Generation(
    "2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    "QTIv2.1 Package",
    "1.0.0",
    "imsqti_item_xmlv2p1",
    "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct",
)
QTI30 = Generation(
    "3.0",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    "QTI Package",
    "3.0.0",
    "imsqti_item_xmlv3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml",
)

# Names of QTI's own elements that our files use; everything else in an item is XHTML and keeps its name.
OWN = frozenset(
    {
        *("assessmentItem", "responseDeclaration", "correctResponse", "value"),
        *("outcomeDeclaration", "defaultValue", "itemBody", "prompt", "choiceInteraction"),
        *("simpleChoice", "orderInteraction", "hotspotInteraction", "hotspotChoice"),
        *("responseProcessing", "modalFeedback", "contentBody"),
    }
)


def kebab(name: str) -> str:
    return re.sub(r"([A-Z])", lambda match: "-" + match[1].lower(), name)


def camel(name: str) -> str:
    return re.sub(r"-([a-z])", lambda match: match[1].upper(), name)


def to_hyphens(root: Element) -> None:
    """The names of a 2.1 item as those of a 3.0 item, in place."""
    for element in root.iter():
        if element.tag in OWN:
            element.tag = "qti-" + kebab(str(element.tag))
            renamed = {name if ":" in name else kebab(name): value for name, value in element.items()}
            element.attrib.clear()
            element.attrib.update(renamed)


def to_plain(root: Element) -> None:
    """A tree of either generation with the names of 2.1 and without namespaces, in place.

    What stands in another namespace (MathML, SVG) is left as it is, and so is never taken for HTML.
    """
    space = str(root.tag).rpartition("}")[0] + "}"
    for element in root.iter():
        if not is_element(element):
            continue
        name = str(element.tag)
        if name.startswith(space) or "}" not in name:
            name = local(name)
            hyphenated = name.startswith("qti-")
            element.tag = camel(name.removeprefix("qti-")) if hyphenated else name
            if hyphenated:
                renamed = {
                    key if key.startswith(("{", "data-")) else camel(key): value
                    for key, value in element.items()
                }
                element.attrib.clear()
                element.attrib.update(renamed)


def xml_lang(element: Element) -> str:
    return element.get(XML_LANG, "")
