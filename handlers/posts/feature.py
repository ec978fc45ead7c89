"""What can be pressed under a message about a post in doubt. It is typed by way of ``/workgroup nudge``."""

from __future__ import annotations

from handlers.posts.text import AGAIN
from handlers.posts.trouble import answer_again
from handlers.slack.features import Feature

FEATURE = Feature(actions={AGAIN: answer_again}, audit={"post.again": "had a message posted again ({subject})"})
