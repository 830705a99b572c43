"""What the checks of the house share: the files of the tree, and how a refusal is reported."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CXX_SUFFIXES = (".cc", ".h")
# Made by others and kept byte for byte.
FOREIGN_FOLDERS = ("tests/data/", "third_party/")


def tree_files(root):
    """All files of the tree as sorted relative paths: those git knows or would add.

    Outside a git work tree, every file that is not in a build folder or hidden.
    """
    root = Path(root)
    answer = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
        capture_output=True,
        check=False,
    )
    if answer.returncode == 0 and (root / ".git").exists():
        names = [name for name in answer.stdout.decode().split("\0") if name]
    else:
        names = [
            str(path.relative_to(root))
            for path in root.rglob("*")
            if path.relative_to(root).parts[0] not in ("build", ".git")
        ]
    return sorted(name for name in set(names) if (root / name).is_file())


def cxx_files(root):
    """The C++ files that we wrote."""
    return [
        name
        for name in tree_files(root)
        if name.endswith(CXX_SUFFIXES) and not name.startswith(FOREIGN_FOLDERS)
    ]


def is_test(name):
    """Whether a C++ file is test code, which may use more than the module it tests."""
    stem = Path(name).stem
    return stem.endswith(("_test", "_fuzz", "_benchmark")) or "testing" in Path(name).parts[:-1]


def report(tool, refusals, summary):
    """Prints the refusals, or the summary when there are none; returns the exit code."""
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    if refusals:
        print(f"{tool}: {len(refusals)} refused", file=sys.stderr)
        return 1
    print(f"{tool}: {summary}")
    return 0
