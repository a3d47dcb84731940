import socket
import subprocess
import sys
from pathlib import Path

import pytest

import app
from assistant.config import Settings
from assistant.resources import Resources
from corpus.errors import BadRequest, ServiceProblem

HEAVY = {
    "gradio",
    "torch",
    "sentence_transformers",
    "transformers",
    "faiss",
    "langchain",
    "docx",
    "openpyxl",
    "datasketch",
}


def test_importing_the_app_imports_nothing_heavy() -> None:
    code = "import app, sys; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    root = Path(__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert HEAVY & set(run.stdout.split()) == set()


def test_warming_up_reads_what_the_first_question_needs_and_no_torch(resources: Resources) -> None:
    code = (
        "import sys; from assistant.config import Settings; from assistant.resources import open_resources;"
        "from assistant.warming import warm_up; from assistant.understanding.cues import load_cues;"
        f"home = open_resources(Settings.from_environment({{'GONGBI_HOME': {str(resources.settings.home)!r}}}));"
        "warm_up(home);"
        "print(' '.join(sorted(sys.modules)), load_cues.cache_info().currsize, home._samples is not None)"
    )
    root = Path(__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    *modules, cues, samples = run.stdout.split()
    assert {"torch", "transformers", "sentence_transformers"} & set(modules) == set()
    assert {"faiss", "docx"} <= set(modules)
    assert (int(cues) > 5, samples) == (True, "True")


def serve(home: Path, *, port: int, accounts: Path | None = None) -> None:
    settings = Settings.from_environment({"GONGBI_HOME": str(home)})
    app.serve(settings, host="127.0.0.1", port=port, accounts=accounts, progress=lambda *_: None)


def test_a_port_in_use_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServiceProblem, match=f"端口 {port} 用不了.*--port {port + 1}"):
            serve(tmp_path / "home", port=port)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("text", ["", "# 只有说明\n", "张三\n", ":密码\n", "张三:\n"])
def test_accounts_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "账号.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest, match="用户名:密码"):
        serve(tmp_path / "home", port=0, accounts=file)


def test_a_missing_file_of_accounts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="没有.txt"):
        serve(tmp_path / "home", port=0, accounts=tmp_path / "没有.txt")


def test_accounts_are_read_with_their_comments(tmp_path: Path) -> None:
    file = tmp_path / "账号.txt"
    file.write_text("# 工会办\n张三:p:w\n\n李四:2\n", encoding="utf-8-sig")
    assert app._accounts(file) == [("张三", "p:w"), ("李四", "2")]
