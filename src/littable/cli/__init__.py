"""The command line. ``main`` is its entry; each command is a module that imports what it needs when run."""

from __future__ import annotations

import gc
import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit: 0 clean, 1 findings, 2 wrong usage or configuration or our mistake."""
    from littable.errors import LittableError

    _open_what_is_closed()
    gc.disable()  # a short run that makes millions of small objects and hardly a cycle
    try:
        from littable.cli.app import run

        run()
    except LittableError as error:
        _fail(f"error: {_shown(str(error))}")
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        _abandon_output()
        sys.exit(0)
    except OSError as error:
        _abandon_output()
        _fail(f"error: the output cannot be written: {error.strerror or error}")
    except Exception:  # noqa: BLE001 - an internal error must end with 2, which an uncaught one would not
        import traceback

        traceback.print_exc()
        _fail("error: this is a mistake in littable; please report it with the lines above")
    finally:
        gc.freeze()  # else Python would look for cycles in all that was imported, at the end of the process


def _shown(text: str) -> str:
    from littable.reports._safe import shown

    return "\n".join(shown(line) for line in text.split("\n"))


def _fail(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(2)


def _open_what_is_closed() -> None:
    """A closed standard stream (``>&-``) takes what is written to it and does nothing with it."""
    import os

    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open until the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _abandon_output() -> None:
    """The reader of the output is gone (``| head``) or its disk full: nothing more can be said there."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
