"""Whether an address on the web is alive, dead, moved, or honestly unknown.

The way in is ``engine.check_links``; it loads an HTTP client, so import it only when something will be asked.
"""
