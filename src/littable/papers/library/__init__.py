"""The library in the store: made from the snapshot, brought to today through OAI-PMH."""
