"""Plans composed from samples, templates and dated facts, without a language model."""

from assistant.drafting.adapt import apply_edits
from assistant.drafting.compose import candidates, draft_plan, plan_outline
from assistant.drafting.request import check_request

__all__ = ["apply_edits", "candidates", "check_request", "draft_plan", "plan_outline"]
