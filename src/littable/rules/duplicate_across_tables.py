from __future__ import annotations

from collections.abc import Iterator

from littable.config import Settings
from littable.diagnostic import Severity
from littable.document.entry import Entry
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._duplicates import Repeat, identifier_span, related_to, repeated_elsewhere
from littable.rules._rule import Finding, Rule, rule


def _looks_beyond_tables(settings: Settings) -> bool:
    return settings.duplicates != "table"


@rule("LT402", severity=Severity.NOTE, default=False, wanted=_looks_beyond_tables)
def duplicate_across_tables(this: Rule, document: Document, context: Context) -> Iterator[Finding]:
    """A paper stands in another table, too.

    Why: what is corrected in one row stays wrong in the other, and a paper that is filed twice by mistake
    looks like two. Many lists repeat papers on purpose, under several topics or in a table of highlights, so
    this is a note, and off unless `duplicates` is `"file"` or `"run"`. The identifier decides, whatever form
    the link takes. The later row is reported, by the order of the files and of their lines.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

        Classics:

        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/pdf/1706.03762v5 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

        Classics:

        | Title | Year | Link |
        | --- | --- | --- |
        | Language Models are Few-Shot Learners | 2020 | https://arxiv.org/abs/2005.14165 |

    Options: with `duplicates = "file"` the other tables of the file are looked at, with `"run"` those of all
    files that are checked together. When the rule is selected without that setting, it looks at all files.
    """
    for repeat in repeated_elsewhere(document, context):
        # Of rows whose titles have nothing in common, LT405 speaks, if it looks so far.
        if repeat.agree or not _looks_beyond_tables(context.settings):
            yield _finding(this, document, repeat)


def _elsewhere(entry: Entry) -> str:
    whole = entry.shape.whole
    return "another place of this file" if whole == "file" else f"another {whole}"


def _finding(this: Rule, document: Document, repeat: Repeat) -> Finding:
    later, first = repeat.later.entry, repeat.first
    other = _elsewhere(first.entry) if first.document is document else first.document.path
    message = f"{later.arxiv_id or later.doi} is in {other}, too, in {first.line}"
    related = related_to(first, document, identifier_span(first.entry), "first stands here")
    return this.report(identifier_span(later), message, entry=later, related=related)
