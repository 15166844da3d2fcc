"""Files at an address, through fsspec. Whatever goes wrong there is one line here."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from pipeline.errors import Failed, PasakumiError, UsageError
from pipeline.printable import shown, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_BATCH = 500
_AT_ONCE = 16  # connections: more is no faster from one machine, and a small server refuses them
_RECORD = 256 * 1024  # what is asked for at once where single records are read
# Object stores: a file is there whole or not at all. Elsewhere it is written aside and renamed.
_OBJECTS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"})
_CONDITIONAL = frozenset({"s3", "s3a"})
_TOKENS = ("ETag", "etag", "md5Hash", "md5", "mtime", "LastModified", "created")
_NO_CREDENTIALS = frozenset({"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"})


class There(NamedTuple):
    """A file as the other side tells of it: bytes, and a word that is another when the file is."""

    size: int
    token: str


class Store:
    """The files below one address, by their relative names. Every method raises Failed, of one line."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = without_secrets(url)
        self._files, self._root = _opened(url)
        protocols = {
            *([self._files.protocol] if isinstance(self._files.protocol, str) else self._files.protocol)
        }
        self._is_of_objects = bool(protocols & _OBJECTS)
        self._is_conditional = bool(protocols & _CONDITIONAL)
        self._together = {"batch_size": _AT_ONCE} if self._files.async_impl else {}

    def files(self) -> dict[str, There]:
        """All files. Raises Failed also for a name that leads out of a folder it is copied to."""
        with self._telling("cannot be read"):
            self._files.invalidate_cache()
            found: Mapping[str, Mapping[str, Any]] = self._files.find(self._root, detail=True)
        start = len(self._root.rstrip("/")) + 1
        listed = {path[start:]: facts for path, facts in found.items() if facts.get("type") != "directory"}
        return {
            self._safe(name): There(int(facts["size"]), _token(facts))
            for name, facts in listed.items()
            if name and not name.endswith("/")
        }

    def get(self, names: Sequence[str], folder: Path) -> None:
        """Copies files to ``folder/NAME``."""
        for some in _batches(names):
            for name in some:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with self._telling("cannot be read"):
                targets = [str(folder / name) for name in some]
                self._files.get([self._at(name) for name in some], targets, **self._together)

    def put(self, names: Sequence[str], folder: Path, *, new: bool = False) -> None:
        """Copies ``folder/NAME`` here, each whole or not at all. ``new``: raises FileExistsError where the
        other side can tell that one stands there already."""
        more = {"mode": "create"} if new and self._is_conditional else {}
        ending = "" if self._is_of_objects else ".part"
        for some in _batches(names):
            sources, targets = [str(folder / name) for name in some], [self._at(name) for name in some]
            with self._telling("cannot be written"):
                self._files.put(
                    sources, [f"{target}{ending}" for target in targets], **more, **self._together
                )
                for target in targets if ending else ():
                    self._files.mv(f"{target}{ending}", target)

    def create(self, name: str, content: bytes) -> bool:
        """Writes a small file unless it is there; gives whether it was written."""
        try:
            with self._telling("cannot be written"):
                if not self._is_of_objects:
                    self._files.makedirs(self._root, exist_ok=True)
                self._files.pipe_file(self._at(name), content, mode="create")
        except FileExistsError:
            return False
        return True

    def read(self, name: str) -> bytes | None:
        """A small file; None where it is not there."""
        with self._telling("cannot be read"):
            self._files.invalidate_cache()
            try:
                return cast("bytes", self._files.cat_file(self._at(name)))
            except FileNotFoundError:
                return None

    def remove(self, names: Sequence[str]) -> None:
        """Removes files that are there."""
        for some in _batches(names):
            with self._telling("cannot be written"):
                self._files.rm([self._at(name) for name in some])

    def open(self, name: str) -> BinaryIO:
        """A file to be read in parts, of which only those are fetched that are asked for. Raises also
        FileNotFoundError."""
        with self._telling("cannot be read"):
            try:
                return cast(
                    "BinaryIO", self._files.open(self._at(self._safe(name)), "rb", block_size=_RECORD)
                )
            except FileNotFoundError as error:
                raise _Absent(f"{self.name}/{name}: no such file") from error

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    def _safe(self, name: str) -> str:
        """Nobody looked at a name on its way here."""
        parts = PurePosixPath(name).parts
        if "\\" in name or name.startswith("/") or ".." in parts or "/".join(parts) != name:
            raise Failed(
                f"{self.name}: holds a file of the name {shown(name)}, which is no path; remove it there"
            )
        return name

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        """An error of whichever library talks to the other side, as one line."""
        try:
            yield
        except (PasakumiError, FileExistsError):
            raise
        except FileNotFoundError as error:
            raise Failed(f"{self.name}: {what}: no such bucket or file ({_line(error)})") from error
        except PermissionError as error:
            raise Failed(f"{self.name}: {what}: access refused ({_line(error)})") from error
        except Exception as error:  # libraries of strangers have roots of their own
            if type(error).__name__ in _NO_CREDENTIALS:
                how = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
                raise Failed(f"{self.name}: {what}: no credentials; {how}") from error
            raise Failed(f"{self.name}: {what}: {_line(error)}") from error


class _Absent(Failed, FileNotFoundError):
    """A single file that is not there."""


def _opened(url: str) -> tuple[Any, str]:
    name = without_secrets(url)
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(url)
    except ImportError as error:
        wanted = "install pasakumi[s3]" if url.startswith(("s3://", "s3a://")) else _line(error)
        raise UsageError(f"{name}: a package for such addresses is not installed; {wanted}") from error
    except ValueError as error:
        raise UsageError(f"{name}: no address of a folder ({_line(error)})") from error
    except Exception as error:  # some connect at once, with errors of their own libraries
        raise Failed(f"{name}: cannot be reached: {_line(error)}") from error
    return files, root


def _token(facts: Mapping[str, Any]) -> str:
    return next((str(facts[name]).strip('"') for name in _TOKENS if facts.get(name) is not None), "")


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + _BATCH] for start in range(0, len(names), _BATCH))


def _line(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return without_secrets(words)[:200]
