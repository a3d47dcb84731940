"""Settings, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from corpus.errors import BadRequest

ROOT = Path(__file__).resolve().parent.parent
BUILT_IN_MODEL = ROOT / "index" / "model"
SAMPLE_DOCUMENTS = ROOT / "corpus" / "documents"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside; each field names its variable."""

    home: Path  # GONGBI_HOME: library, index, drafts. Default: the platform's user-data folder
    embedder: str  # GONGBI_EMBEDDER: a sentence-transformers name or folder. Default: own_model, else the built-in one
    host: str  # GONGBI_HOST
    port: int  # GONGBI_PORT, 1–65535

    @property
    def database(self) -> Path:
        """The SQLite file that is the one truth."""
        return self.home / "library.db"

    @property
    def index_folder(self) -> Path:
        """Where the generations of the index stand."""
        return self.home / "index"

    @property
    def own_model(self) -> Path:
        """Where `gongbi adapt` puts the model it taught the library's wording; need not exist."""
        return self.home / "model"

    @property
    def facts(self) -> Path:
        """The user's own dated facts, merged over ours; need not exist."""
        return self.home / "facts.yaml"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raises BadRequest for a port that is none."""
        values = os.environ if environment is None else environment
        named = values.get("GONGBI_HOME")
        home = Path(named).expanduser() if named else user_data_path("gongbi", appauthor=False)
        adapted = home / "model"
        return cls(
            home=home,
            embedder=values.get("GONGBI_EMBEDDER") or str(adapted if adapted.is_dir() else BUILT_IN_MODEL),
            host=values.get("GONGBI_HOST") or "127.0.0.1",
            port=read_port(values.get("GONGBI_PORT") or "7860"),
        )


def read_port(text: str) -> int:
    """A port number from text; raises BadRequest outside 1–65535."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise BadRequest(f"端口 {text!r} 不对：请给 1 到 65535 之间的数字，例如 --port 7860。")
    return int(text)
