"""Errbot's settings, from the environment."""

import logging
import os

BACKEND = "SlackV3"
BOT_DATA_DIR = os.environ["KEPT_IN"]
BOT_EXTRA_PLUGIN_DIR = os.environ["PLUGINS_IN"]
BOT_EXTRA_BACKEND_DIR = os.environ["BACKENDS_IN"]
BOT_LOG_FILE = None
BOT_LOG_LEVEL = logging.WARNING
BOT_IDENTITY = {"token": os.environ["SLACK_BOT_TOKEN"], "app_token": os.environ["SLACK_APP_TOKEN"]}
BOT_ADMINS = ()
CORE_PLUGINS = ("ACLs", "Help", "Utils")
BOT_PREFIX = "!"
