"""``python -m littable``."""

from littable.cli import main

main()
