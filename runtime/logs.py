"""Logging: one JSON line per event, on standard error. Nothing logs a request's body, a token or a personal note."""

from __future__ import annotations

import logging
import sys

import structlog

QUIET = ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "uvicorn", "alembic", "asyncio")
"""Libraries that would log what passes through them: only their errors are heard."""


def set_up_logging(level: str) -> None:
    """Log events of ``level`` (a name such as INFO) and above."""
    logging.basicConfig(level=level.upper(), format="%(message)s", stream=sys.stderr)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
