"""Write what the rules say now into the case files: ``tools/update_cases.py RULE-NAME…``.

Read the difference before committing it: this tool makes a case agree with the code, not with the truth.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from littable.text import Source
from support.cases import Case, all_cases


def update(case: Case) -> None:
    out, fixed = case.out(), case.fix().text
    for path, wanted in (
        (case.beside(".out"), out),
        (case.beside(".fixed.md"), fixed if fixed != case.text else ""),
    ):
        if wanted:
            bom = Source.decode(case.path.read_bytes()).bom and path.suffix == ".md"
            path.write_bytes(Source(wanted, bom).encode())
        else:
            path.unlink(missing_ok=True)
    print(f"{case.name}\n{out}", end="")


if __name__ == "__main__":
    for case in all_cases():
        if case.rule.name in sys.argv[1:]:
            update(case)
