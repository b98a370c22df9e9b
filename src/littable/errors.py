"""The exception tree.

LittableError
├── EncodingError       a file is not UTF-8
├── UnreadableFile      a file cannot be read at all, or is not what its name says
├── ConfigurationError  a configuration file or option is wrong
├── PapersFileError     a line of a ``--papers`` file is wrong
├── StoreError          the store cannot be used by a command that is about it
└── FixError            a fix was refused before anything was written

Every message says what is wrong, where, and what to do; the command line prints it and exits with 2.
"""

from __future__ import annotations


class LittableError(Exception):
    """Something the user can mend; the message is meant for them."""


class EncodingError(LittableError):
    """The bytes are not UTF-8. ``offset`` is the 0-based position of the first wrong byte."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class UnreadableFile(LittableError):
    """The file is missing, not permitted, no file at all, or no notebook although it is called one."""


class ConfigurationError(LittableError):
    """A key, a type or a value of the configuration or of an option is wrong."""


class PapersFileError(LittableError):
    """A line of a papers file cannot be used; the message names the file and the line."""


class StoreError(LittableError):
    """The store's file cannot be opened, read or written."""


class FixError(LittableError):
    """The fixed text failed verification, so nothing was written."""
