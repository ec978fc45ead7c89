"""Whom to invite."""
