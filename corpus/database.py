"""Opening the library's database: engine, transactions, schema version.

SQLite runs in WAL mode, so readers never wait for a writer; a writing transaction takes the write lock at its start
(BEGIN IMMEDIATE), so that two writers queue instead of failing. Any other SQLAlchemy URL is used as it is.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, make_url, select, update
from sqlalchemy.exc import DatabaseError

from corpus import tables
from corpus.errors import LibraryProblem

LOCK_WAIT = 30.0  # seconds a writer waits for another one


def open_database(database: Path | str) -> Engine:
    """An engine on an up-to-date schema. `database` is a file or a SQLAlchemy URL ("postgresql+psycopg://…").

    Raises LibraryProblem when the file is no library, is damaged or locked, or was written by a newer version.
    """
    is_url = isinstance(database, str) and "://" in database
    url = make_url(str(database)) if is_url else URL.create("sqlite", database=str(database))
    if not is_url:
        _make_folder(Path(database).parent)
    engine = create_engine(url, json_serializer=_compact_json, max_overflow=40)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        _prepare_schema(engine, shown=str(database))
    except DatabaseError as error:
        engine.dispose()
        raise LibraryProblem(f"打不开范文库 {str(database)!r}：{_cause(error)}") from error
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryProblem(
            f"建不了范文库的文件夹 {str(folder)!r}：请检查路径上有没有同名的文件、有没有写入权限，"
            "或用 GONGBI_HOME 指定别的文件夹。"
        ) from error


def _cause(error: DatabaseError) -> str:
    """What is wrong and what to do next, from the driver's words."""
    told = str(error.orig)
    if "locked" in told:
        return "别的程序正占着它。请关掉打开它的程序，或等另一个工笔做完，再试一次。"
    if "readonly" in told or "unable to open" in told or "full" in told:
        return "文件夹不让读写，或磁盘已满。请检查权限和空间，或用 GONGBI_HOME 指定别的文件夹。"
    return "文件已损坏，或不是范文库。请换回备份，或移走它后重新导入文档。"


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions hold the write lock from their beginning."""
    return engine.execution_options(writing=True)


def _compact_json(value: Any) -> str:  # noqa: ANN401  a JSON value
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _configure_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  sqlite3.Connection
    connection.isolation_level = None  # the driver must not begin transactions by itself: `_begin_sqlite` does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={int(LOCK_WAIT * 1000)}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")  # WAL: a power cut may lose the last commits, never corrupt
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")


def _prepare_schema(engine: Engine, *, shown: str) -> None:
    with writing(engine).begin() as connection:
        existing = set(inspect(connection).get_table_names())
        if existing and tables.library.name not in existing:
            raise LibraryProblem(
                f"{shown!r} 是别的程序的数据库，不是范文库。请换一个文件名，或设置 GONGBI_HOME 到别的文件夹。"
            )
        tables.metadata.create_all(connection)
        version = connection.scalar(select(tables.library.c.schema_version))
        if version is None:
            first = {"id": 1, "schema_version": tables.SCHEMA_VERSION, "revision": 0, "rules": ""}
            connection.execute(insert(tables.library).values(first))
        elif version > tables.SCHEMA_VERSION:
            raise LibraryProblem(
                f"范文库 {shown!r} 由较新的工笔写成（格式 {version}，本程序只认到 {tables.SCHEMA_VERSION}）。"
                "请升级工笔后再打开。"
            )
        else:
            for step in range(version, tables.SCHEMA_VERSION):
                for statement in tables.MIGRATIONS[step]:
                    connection.exec_driver_sql(statement)
            connection.execute(update(tables.library).values(schema_version=tables.SCHEMA_VERSION))
