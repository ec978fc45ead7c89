"""``/principle``: which of the six is unmet, why, and what is being done about it."""
