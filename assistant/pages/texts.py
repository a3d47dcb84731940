"""The whole sample text around a passage, for the drawer of every page."""

from assistant.pages import sources
from assistant.pages.markup import notice
from assistant.resources import Resources
from corpus.errors import NotInLibrary


def whole_text(passage_id: str, resources: Resources) -> str:
    """The drawer with the whole sample text around a passage."""
    try:
        passage = resources.library.passage(passage_id)
        return sources.plan_reading(resources.library.plan(passage.plan_id), passage)
    except NotInLibrary as error:
        return sources.drawer("范文", notice("找不到这篇范文", str(error), kind="problem"))
