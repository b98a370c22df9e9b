"""An OAI-PMH server, asked once at a time.

Written on requests: of the harvesters for Python, sickle and pyoai are no longer kept, and oaipmh-scythe
(0.16) brings a second HTTP library, knows no limit in total on time or size, and reads Retry-After only as
seconds and only beside a 503. Importing this module imports requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from littable.papers.arxiv.page import PageFault, Remedy, Timeouts
from littable.papers.http_answer import Connection
from littable.papers.oai.page import OaiError, OaiPage, earliest_day, read_page


class OaiClient:
    """A connection to one server. Not for several threads at once."""

    def __init__(self, url: str) -> None:
        self._connection = Connection(url)

    def list_records(
        self, arguments: Mapping[str, str], timeouts: Timeouts, *, leniently: bool = False
    ) -> OaiPage:
        """Ask once for a page of records. Raises OaiError and PageFault.

        ``leniently`` reads a page that is not well-formed record by record.
        """
        answer = self._connection.get({"verb": "ListRecords", **arguments}, timeouts)
        if answer.status == 200:
            return read_page(answer.body, leniently=leniently)
        try:
            read_page(answer.body)
        except OaiError:
            raise
        except PageFault:
            pass
        raise PageFault(Remedy.STOP, f"it answers with HTTP {answer.status}")

    def earliest(self, timeouts: Timeouts) -> date | None:
        """The first datestamp of the server, None where it does not say. Raises PageFault."""
        return earliest_day(self._connection.get({"verb": "Identify"}, timeouts).body)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
