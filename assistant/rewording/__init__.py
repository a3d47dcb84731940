"""润色, 改写降重, 缩写, 扩写, 换语气: what they are, and what of them goes without a language model."""

from assistant.rewording.datatypes import Manner, Rewritten, judged
from assistant.rewording.offline import reword_offline
from assistant.rewording.selection import parts_of
from assistant.rewording.spoken import SpokenRewording, spoken_rewording

__all__ = ["Manner", "Rewritten", "SpokenRewording", "judged", "parts_of", "reword_offline", "spoken_rewording"]
