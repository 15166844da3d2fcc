"""A disk that loses power: what a real process did to its files, and what may be left of that.

``recorded`` runs a command under strace. ``Disk`` does the same steps once more in memory and knows at each
what is sure to be on the disk: a file's bytes once it was flushed, a name once its folder was. Everything
else may be there or not, each by itself, names and bytes in any order. Journalling file systems lose less, as
they keep the order of names.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

CALLS = (
    "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,rename,renameat,renameat2,unlink,unlinkat,rmdir,"
    "mkdir,mkdirat,link,linkat,symlink,symlinkat,ftruncate,truncate,fsync,fdatasync,copy_file_range,sendfile,"
    "fallocate,lseek"
)
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|<((?:\\x[0-9a-f]{2})*)>')

T = TypeVar("T")


class Step(NamedTuple):
    """What was done: ``create``, ``write``, ``truncate``, ``rename`` (to ``other``), ``link`` (as ``other``),
    ``unlink``, ``mkdir``, ``rmdir``, ``sync``. Paths are relative to the folder; ``offset`` is a size too."""

    kind: str
    path: str
    other: str = ""
    offset: int = 0
    data: bytes = b""


def can_record() -> bool:
    """Whether there is an strace that may trace."""
    command = ["strace", "-o", os.devnull, "true"]
    return shutil.which("strace") is not None and subprocess.run(command, check=False).returncode == 0


def recorded(folder: Path, log: Path, command: list[str], environment: dict[str, str]) -> list[Step]:
    """Run a command in a folder; gives what it and its children did to the files there, in order."""
    words = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-o", str(log), "-e", f"trace={CALLS}"]
    subprocess.run([*words, *command], cwd=folder, env=environment, check=True, capture_output=True)
    return list(_Reader(folder).steps(log.read_text("ascii").splitlines()))


class _Reader:
    """From lines of strace to steps; follows where each open file is written next."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, int] = {}

    def steps(self, lines: list[str]) -> Iterator[Step]:
        begun: dict[str, str] = {}
        for line in lines:
            process, _, call = line.partition(" ")
            call = call.lstrip()
            if call.endswith("<unfinished ...>"):
                begun[process] = call.removesuffix("<unfinished ...>")
            elif call.startswith("<... "):
                call = begun.pop(process) + call.partition(" resumed>")[2]
            match = _LINE.match(call)
            if match and not match[3].startswith("-"):
                yield from self._call(match[1], match[2].split(", "), int(match[3]))

    def _call(self, name: str, words: list[str], result: int) -> Iterator[Step]:
        if name in ("open", "openat", "creat"):
            yield from self._open(words if name == "openat" else ["", *words], result)
            return
        if name in ("rename", "link", "unlink", "mkdir", "rmdir"):
            words = [part for word in words for part in ("", word)]
        if name in ("rename", "renameat", "renameat2", "link", "linkat"):
            source, target = self._path(words[0], words[1]), self._path(words[2], words[3])
            if source or target:
                yield Step("link" if name.startswith("link") else "rename", source or "", target or "")
        elif name in ("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"):
            path = self._path(words[0], words[1])
            if path:
                is_folder = "AT_REMOVEDIR" in words[-1]
                yield Step("rmdir" if is_folder else name.removesuffix("at"), path)
        else:
            path = self._open_path(words[0])
            if path is not None:
                yield from self._on_file(name, path, words, result)

    def _open(self, words: list[str], result: int) -> Iterator[Step]:
        path, flags = self._path(words[0], words[1]), words[2].split("|")
        if path is None or not {"O_WRONLY", "O_RDWR"} & set(flags):
            return
        self._places[str(result)] = 0
        yield Step("create" if "O_CREAT" in flags else "open", path)
        if "O_TRUNC" in flags:
            yield Step("truncate", path)
        if "O_APPEND" in flags:
            raise ValueError(f"{path} is opened for appending, which is not followed here")

    def _on_file(self, name: str, path: str, words: list[str], result: int) -> Iterator[Step]:
        handle = words[0].partition("<")[0]
        if name == "lseek":
            self._places[handle] = result
        elif name == "write":
            yield Step("write", path, offset=self._places[handle], data=_decoded(words[1])[:result])
            self._places[handle] += result
        elif name == "pwrite64":
            yield Step("write", path, offset=int(words[3]), data=_decoded(words[1])[:result])
        elif name == "ftruncate":
            yield Step("truncate", path, offset=int(words[1]))
        elif name in ("fsync", "fdatasync"):
            yield Step("sync", path)
        else:
            raise ValueError(f"{name} of {path} is not followed here")

    def _path(self, base: str, word: str) -> str | None:
        """Relative to the folder; None where it is elsewhere."""
        start = _decoded(base).decode() if "<" in base else str(self._folder)
        return self._inside(os.path.normpath(os.path.join(start, _decoded(word).decode())))  # noqa: PTH118

    def _open_path(self, word: str) -> str | None:
        return self._inside(_decoded(word).decode())

    def _inside(self, path: str) -> str | None:
        root = str(self._folder)
        if path == root:
            return "."
        return path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else None


def _decoded(word: str) -> bytes:
    match = _HEX.search(word)
    return bytes.fromhex((match[1] or match[2] or "").replace("\\x", "")) if match else b""


class File:
    """``data``: as processes see it; ``durable``: what is sure to be on the disk."""

    def __init__(self, content: bytes = b"") -> None:
        self.data, self.durable = bytearray(content), content


class Folder:
    """The names in it, as processes see them and as they are sure to be on the disk."""

    def __init__(self) -> None:
        self.names: dict[str, File | Folder] = {}
        self.durable: dict[str, File | Folder] = {}


Naming = tuple[Folder, str, "File | Folder | None"]
"""That a name in a folder now means this, or nothing."""


class Disk:
    """The files of a folder as they are, and are sure to be, after each step that is done once more."""

    def __init__(self, root: Path) -> None:
        self._known: dict[int, File] = {}
        self.root = self._read(root)
        self.pending: list[list[Naming]] = []

    def _read(self, path: Path) -> Folder:
        folder = Folder()
        for one in path.iterdir():
            node: File | Folder
            node = self._read(one) if one.is_dir() else self._file(one)
            folder.names[one.name] = folder.durable[one.name] = node
        return folder

    def _file(self, path: Path) -> File:
        """One for all the names of a file."""
        return self._known.setdefault(path.stat().st_ino, File(path.read_bytes()))

    def do(self, step: Step) -> None:
        """One more step."""
        getattr(self, f"_{step.kind}")(step)

    def find(self, path: str) -> File | Folder | None:
        """What a path means to processes."""
        node: File | Folder | None = self.root
        for name in path.split("/") if path != "." else ():
            node = node.names.get(name) if isinstance(node, Folder) else None
        return node

    def _place(self, path: str) -> tuple[Folder, str]:
        folder, _, name = path.rpartition("/")
        found = self.find(folder or ".")
        if not isinstance(found, Folder):
            raise FileNotFoundError(path)
        return found, name

    def _there(self, path: str) -> File:
        found = self.find(path)
        if not isinstance(found, File):
            raise FileNotFoundError(path)
        return found

    def _name(self, *namings: Naming) -> None:
        for folder, name, node in namings:
            if node is None:
                folder.names.pop(name)
            else:
                folder.names[name] = node
        self.pending.append(list(namings))

    def _create(self, step: Step) -> None:
        if self.find(step.path) is None:
            self._name((*self._place(step.path), File()))

    def _open(self, step: Step) -> None:
        self._there(step.path)

    def _write(self, step: Step) -> None:
        data = self._there(step.path).data
        data.extend(bytes(max(0, step.offset - len(data))))
        data[step.offset : step.offset + len(step.data)] = step.data

    def _truncate(self, step: Step) -> None:
        data = self._there(step.path).data
        del data[step.offset :]
        data.extend(bytes(step.offset - len(data)))

    def _rename(self, step: Step) -> None:
        node = self.find(step.path)
        if node is not self.find(step.other):  # of two names of one file, rename leaves both
            self._name((*self._place(step.path), None), (*self._place(step.other), node))

    def _link(self, step: Step) -> None:
        self._name((*self._place(step.other), self._there(step.path)))

    def _unlink(self, step: Step) -> None:
        self._name((*self._place(step.path), None))

    def _mkdir(self, step: Step) -> None:
        self._name((*self._place(step.path), Folder()))

    _rmdir = _unlink

    def _sync(self, step: Step) -> None:
        node = self.find(step.path)
        if isinstance(node, File):
            node.durable = bytes(node.data)
        elif isinstance(node, Folder):
            self._sync_names(node)

    def _sync_names(self, folder: Folder) -> None:
        """A rename is one step in both folders; what was pending before it for the same names is past."""
        left: list[list[Naming]] = []
        settled: set[tuple[int, str]] = set()
        for namings in reversed(self.pending):
            if any(one is folder for one, _, _ in namings):
                for one, name, node in namings:
                    if (id(one), name) not in settled:
                        _set(one.durable, name, node)
                        settled.add((id(one), name))
            else:
                rest = [naming for naming in namings if (id(naming[0]), naming[1]) not in settled]
                left += [rest] if rest else []
        self.pending = left[::-1]

    def left(
        self, happened: Callable[[list[Naming]], bool], kept: Callable[[File], bytes]
    ) -> dict[str, tuple[int, bytes] | None]:
        """What may be found after the power went: each path with the number of its file and its bytes, None
        for a folder. ``happened``: whether a name that is not sure is there; ``kept``: what a file holds."""
        names: dict[int, dict[str, File | Folder]] = {}

        def of(folder: Folder) -> dict[str, File | Folder]:
            return names.setdefault(id(folder), dict(folder.durable))

        for namings in self.pending:
            if happened(namings):
                for folder, name, node in namings:
                    _set(of(folder), name, node)
        bytes_of: dict[int, bytes] = {}
        found: dict[str, tuple[int, bytes] | None] = {}

        def walk(folder: Folder, before: str) -> None:
            for name, node in sorted(of(folder).items()):
                if isinstance(node, Folder):
                    found[before + name] = None
                    walk(node, f"{before}{name}/")
                else:
                    if id(node) not in bytes_of:
                        bytes_of[id(node)] = kept(node)
                    found[before + name] = id(node), bytes_of[id(node)]

        walk(self.root, "")
        return found


def _set(names: dict[str, T], name: str, node: T | None) -> None:
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def put(found: dict[str, tuple[int, bytes] | None], root: Path) -> None:
    """Make a folder hold what was found."""
    root.mkdir()
    first: dict[int, Path] = {}
    for name, one in found.items():
        path = root / name
        if one is None:
            path.mkdir()
        elif one[0] in first:
            path.hardlink_to(first[one[0]])
        else:
            path.write_bytes(one[1])
            first[one[0]] = path
