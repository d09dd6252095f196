"""What each kind of break means, in the reader's language."""

from flask_babel import lazy_gettext as _l

BREAKS = {
    "missing": _l("an entry is missing here"),
    "changed": _l("this entry was changed after it was written"),
    "truncated": _l("the chain was cut off here"),
    "added": _l("an entry was added past the chain's end"),
    "head": _l("the end that was kept is not the chain's end"),
    "signature": _l("the signature over the chain's end is not ours"),
    "lost": _l("the whole chain is gone"),
}
