from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Severity
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule

_AS_TEXT = "GitHub shows it as text, and littable reads no papers from it"
_AS_ROWS = "GitHub shows each of its lines by itself, and littable reads it as GitHub does"


@rule("LT110", severity=Severity.NOTE)
def foreign_table(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """A table of papers is written in the notation of another program.

    Why: GitHub knows pipe tables only. It shows grid tables (Pandoc, reStructuredText), tables drawn with
    dashes or equals signs, and those of Org as running text, and each line of a row that a backslash
    continues (MultiMarkdown) as a row of its own. littable reads no papers from them.

    Bad:
        +-----------------------------------------------------------+------+
        | Title                                                     | Year |
        +===========================================================+======+
        | [BERT](https://arxiv.org/abs/1810.04805)                  | 2018 |
        +-----------------------------------------------------------+------+

    Good:
        | Title                                    | Year | Authors      | Abstract                    |
        | ---------------------------------------- | ---- | ------------ | --------------------------- |
        | [BERT](https://arxiv.org/abs/1810.04805) | 2018 | Jacob Devlin | We introduce a new model.   |
    """
    from littable.rules._dialects import MULTI_MARKDOWN, foreign_tables  # late: few files have any

    for table in foreign_tables(document):
        if table.about_papers or ctx.settings.all_tables:
            shown = _AS_ROWS if table.notation == MULTI_MARKDOWN else _AS_TEXT
            yield this.report(table.first, f"{table.notation}: {shown}")
