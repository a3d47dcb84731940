"""One operation on a draft: a new draft comes back, the old one stays as it was."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assistant.datatypes import Draft
from assistant.revising.again import again
from assistant.revising.layout import add, lock, remove, rename, reorder, unlock
from assistant.revising.lengths import emphasise, expand, shorten
from assistant.revising.merging import merge, tell
from assistant.revising.operations import Material, Op, Operation, Revision
from assistant.revising.renewal import change
from assistant.revising.sentences import edit, swap
from assistant.revising.wording import replace_words, restyle

Doing = Callable[[Draft, Operation, Material], Revision]


def apply(draft: Draft, operation: Operation, *, material: Material) -> Revision:
    """The draft after an operation. Locked sections and sentences the user wrote come through every one unchanged.

    Raises BadRequest, in words for the user, where the target or detail makes no sense or nothing may be changed.
    """
    return _DOINGS[operation.op](draft, operation, material)


def _replace(draft: Draft, operation: Operation, material: Material) -> Revision:
    """Words for words where the detail says which, else other wording."""
    doing = replace_words if operation.detail.strip() else again
    return doing(draft, operation, material)


_DOINGS: Mapping[Op, Doing] = MappingProxyType(
    {
        Op.ADD: add,
        Op.REMOVE: remove,
        Op.REORDER: reorder,
        Op.MERGE: merge,
        Op.TELL: tell,
        Op.RENAME: rename,
        Op.LOCK: lock,
        Op.UNLOCK: unlock,
        Op.SHORTEN: shorten,
        Op.EXPAND: expand,
        Op.EMPHASISE: emphasise,
        Op.REPLACE: _replace,
        Op.RESTYLE: restyle,
        Op.SWAP: swap,
        Op.EDIT: edit,
        Op.CHANGE: change,
    }
)
