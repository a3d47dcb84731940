"""A draft changed without losing what the user typed or locked: operations that chat and buttons share."""

from assistant.revising.operations import WHOLE, Material, Op, Operation, Place, Revision
from assistant.revising.renewal import change_request
from assistant.revising.revise import apply
from assistant.revising.targets import find_section, find_sections
from assistant.revising.writing import Candidate, choices

__all__ = [
    "WHOLE",
    "Candidate",
    "Material",
    "Op",
    "Operation",
    "Place",
    "Revision",
    "apply",
    "change_request",
    "choices",
    "find_section",
    "find_sections",
]
