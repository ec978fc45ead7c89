"""Slack's plumbing: asks, answers, blocks, messages on their way. It knows no feature."""
