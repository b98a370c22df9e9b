"""OAI-PMH, by which arXiv says what has changed (https://www.openarchives.org/OAI/openarchivesprotocol.html)."""
