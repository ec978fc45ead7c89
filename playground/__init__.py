"""A strict pretend Slack for trying a Slack app without Slack: a process of its own, reached over HTTP only.

It knows nothing of the app under test. It is a development tool and listens on the loopback address only.
"""
