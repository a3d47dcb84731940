"""体检: what to look at in any plan, ours or not, before it is handed in."""

from assistant.checking.fixes import apply_fixes
from assistant.checking.overlap import Copy, Overlap, overlap
from assistant.checking.request import CheckRequest
from assistant.checking.run import check, check_draft
from assistant.checking.samples import Samples

__all__ = ["CheckRequest", "Copy", "Overlap", "Samples", "apply_fixes", "check", "check_draft", "overlap"]
