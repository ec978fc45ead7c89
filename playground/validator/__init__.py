"""Block Kit as Slack checks it: which payloads are refused, where, and with what words."""

from playground.validator.checks import Problem
from playground.validator.payload import Surface, check_blocks, check_message_blocks
from playground.validator.views import check_view

__all__ = ["Problem", "Surface", "check_blocks", "check_message_blocks", "check_view"]
