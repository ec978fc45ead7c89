"""The rules of a vote."""
