"""What the machine refuses is no defect: a sentence, what to do, and exit code 2."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

import run
from model.machine import refused
from model.words.plain import speak_plainly

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "x", "a.nc"), "a.nc: the disk is full. Make room"),
        (PermissionError(errno.EACCES, "x", "a.nc"), "a.nc: not allowed."),
        (OSError(errno.EROFS, "x", "a.nc"), "a.nc: not allowed."),
        (NotADirectoryError(errno.ENOTDIR, "x", "a"), "a: a file stands where a folder"),
        (OSError(errno.EMFILE, "x", "a.nc"), "a.nc: too many files are open."),
        (OSError(errno.EFBIG, "x", "a.nc"), "a.nc: larger than a file may be"),
        (BlockingIOError(errno.EAGAIN, "x"), "the machine refuses: no more processes"),
        (FileNotFoundError(errno.ENOENT, "x", "a.csv"), "a.csv: it is gone."),
        (OSError(errno.EIO, "x", "a.nc"), "a.nc: the disk fails."),
        (OSError(errno.ECHILD, "No child", "a.nc"), "a.nc: No child"),
        (OSError(errno.ELOOP, "x", "a"), "a: its links lead back to themselves."),
        (RuntimeError("Symlink loop from '/a/b'"), "/a/b: its links lead back to themselves."),
        (MemoryError(), "memory runs out. Close other programs"),
    ],
)
def test_a_refusal_is_told_with_its_mend(error, told, monkeypatch, capsys) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr("model.scenario.load_scenarios", fails)
    assert run.main(["run", "tiny"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(told)
    assert run.main(["run", "tiny", "--lang", "fr"]) == 2
    assert not capsys.readouterr().err.startswith(told[:25])


def test_what_is_not_of_the_machine_is_not_its_fault() -> None:
    """An error without a number, or with one of netCDF, says nothing about the machine."""
    assert refused(OSError("of some library")) is None
    assert refused(OSError(-101, "NetCDF: HDF error")) is None
    assert refused(ValueError("x")) is None


def test_a_library_that_ends_without_a_word_is_short_of_memory_where_that_is_limited(monkeypatch):
    """Elsewhere it is a defect of the library, and told as one."""
    resource = pytest.importorskip("resource")
    silent = SystemError("error return without exception set")
    limits = {"on": (420_000_000, -1), "off": (resource.RLIM_INFINITY, -1)}
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits["on"])
    assert str(refused(silent)).startswith("memory runs out.")
    assert refused(SystemError("bad argument to internal function")) is None
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits["off"])
    assert refused(silent) is None


def python(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_folder_of_results_that_is_a_file(tmp_path) -> None:
    """At once, in the command itself, and below a file."""
    file = tmp_path / "results"
    file.write_text("a file")
    for place in (file, file / "below"):
        end = python("run.py", "tiny", "--results", str(place))
        assert end.returncode == 2
        assert b"a file stands where a folder should be" in end.stderr
        assert b"Defect" not in end.stderr


def test_a_traceback_is_kept_wherever_one_can_be_written(tmp_path, monkeypatch, capsys) -> None:
    """A clone that may only be read has no folder for it."""
    (tmp_path / "file").write_text("")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("model.commands.app.RESULTS", tmp_path / "file")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("model.scenario.load_scenarios", lambda *_: 1 / 0)
    assert run.main(["run", "tiny"]) == 1
    assert str(tmp_path / "temporary/error.log") in capsys.readouterr().err
    assert (tmp_path / "temporary/error.log").exists()


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "latin-1", "ascii"])
def test_french_goes_through_a_pipe_that_knows_few_signs(encoding, tmp_path) -> None:
    """`coût [M€]` and `1 300` in each; what it cannot write is nearest, never a `?`."""
    path = tmp_path / "pipe"
    with path.open("w", encoding=encoding) as pipe:
        speak_plainly(pipe)
        pipe.write("coût [M€] 1\u202f300 − 2 ≤ x – l'œuf … “é”")
    text = path.read_text(encoding=encoding)
    if encoding == "ascii":
        assert text == 'cout [MEUR] 1 300 - 2 <= x - l\'oeuf ... "e"'
    assert "?" not in text
    assert "coût" in text or encoding == "ascii"
    end = python("run.py", "check", "tiny", "--lang", "fr", PYTHONIOENCODING=encoding)
    assert end.returncode == 0
    assert b"UnicodeEncodeError" not in end.stderr


def test_without_docstrings_it_begins_again_with_them() -> None:
    end = python("-OO", "run.py", "check", "--help")
    assert end.returncode == 0
    assert b"Report every fault" in end.stdout
