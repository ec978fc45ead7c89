"""Measurements: how fast Convener answers beside bare listeners, and whether votes survive crowds and crashes."""
