"""What every door needs open: the library, its index and the timeline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from assistant.checking import Samples
from assistant.config import SAMPLE_DOCUMENTS, Settings
from assistant.timeline import Timeline
from corpus.datatypes import Passage
from corpus.errors import BadDocument
from corpus.ingest import FileOutcome, ingest, reread
from corpus.library import Library
from corpus.read import rules_fingerprint
from index.embed import Embedder, load_embedder
from index.generation import open_index, rebuild
from index.search import PassageIndex

Progress = Callable[[str, int, int], None]  # (what is going on, done, total)


def silent(what: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(slots=True)
class Resources:
    """Open once a process. `passages` and `index` follow the library: a change by any thread or process is seen at
    the next access.
    """

    settings: Settings
    library: Library
    timeline: Timeline
    embedder: Embedder
    progress: Progress = silent
    _index: PassageIndex | None = None
    _passages: tuple[int, tuple[Passage, ...]] = field(default=(-1, ()))
    _samples: Samples | None = None
    _building: Lock = field(default_factory=Lock)

    @property
    def passages(self) -> Sequence[Passage]:
        """Every passage of the library as it is now."""
        revision = self.library.revision
        if self._passages[0] != revision:
            self._passages = (revision, tuple(self.library.passages()))
        return self._passages[1]

    @property
    def samples(self) -> Samples:
        """What texts are checked against: the passages with an index of their wording, following the library."""
        passages = self.passages
        if self._samples is None or self._samples.passages is not passages:
            self._samples = Samples.build(passages)
        return self._samples

    @property
    def index(self) -> PassageIndex:
        """The index, brought up to the library's state."""
        with self._building:  # two that find it outdated must not both open it
            if self._index is None or self._index.manifest.library_revision != self.library.revision:
                folder = self.settings.index_folder
                self._index = open_index(folder, self.library, self.embedder, progress=self.progress)
            return self._index

    def rebuild_index(self) -> PassageIndex:
        """Build a new generation from nothing and use it."""
        with self._building:
            self._index = rebuild(self.settings.index_folder, self.library, self.embedder, progress=self.progress)
            return self._index


def open_library(settings: Settings, *, progress: Progress = silent) -> Library:
    """The library in the home folder. An empty one receives the sample documents; one that was read by other rules,
    of an earlier version of this program, is read anew from its stored texts, users' corrections kept.

    Raises BadDocument when a shipped document cannot be read.
    """
    library = Library.open(settings.database)
    if library.revision == 0:
        samples = sorted(SAMPLE_DOCUMENTS.glob("*.txt"))
        steps = ingest(library, samples, collection="范文", progress=lambda n, m, _: progress("导入范文", n, m))
    elif library.rules != rules_fingerprint():
        steps = reread(library, progress=lambda n, m, _: progress("按新规则重读", n, m))
    else:
        return library
    for state in steps:
        if state.outcome is FileOutcome.REFUSED:
            raise BadDocument(state.message)
    library.set_rules(rules_fingerprint())
    return library


def open_resources(settings: Settings, *, progress: Progress = silent) -> Resources:
    """Open everything; the first start imports the sample documents, the index is built when first asked for."""
    library = open_library(settings, progress=progress)
    timeline = Timeline.load(settings.facts if settings.facts.exists() else None)
    return Resources(settings, library, timeline, load_embedder(settings.embedder), progress)
