"""What staff ask for, read from their own words: intent and slots of a conversation's turns so far.

No language model: cues and patterns in `understanding/*.yaml`. Later turns override earlier ones. A unit's name is
taken only where it is told or too particular to be a kind of unit; it is never guessed.
"""

from collections.abc import Sequence
from datetime import date

from assistant.understanding.datatypes import Ask, Caution, EditRequest, Intent, Understanding
from assistant.understanding.times import next_plan_year
from assistant.understanding.turns import State, next_state
from assistant.understanding.wording import normalised

__all__ = ["Ask", "Caution", "EditRequest", "Intent", "Understanding", "next_plan_year", "normalised", "understand"]


def understand(utterances: Sequence[str], *, today: date) -> Understanding:
    """Read all turns of one user, oldest first; `today` is what 明年 counts from."""
    state = State(Understanding(Intent.UNCLEAR))
    for utterance in utterances:
        state = next_state(state, utterance, today=today)
    return state.known
