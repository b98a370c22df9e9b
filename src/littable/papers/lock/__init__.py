"""The lock: what arXiv said of a project's papers, committed beside its configuration."""

LOCK_NAME = "littable.lock"
