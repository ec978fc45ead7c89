"""Leads what asks for Slack's own address to the pretend one, as a name server would; the app stays as it is."""

from __future__ import annotations

import os

from slack_sdk.web.base_client import BaseClient

if "SLACK_API_URL" in os.environ:
    _defaults = BaseClient.__init__.__defaults__ or ()
    BaseClient.__init__.__defaults__ = tuple(
        os.environ["SLACK_API_URL"] if value == BaseClient.BASE_URL else value for value in _defaults
    )
