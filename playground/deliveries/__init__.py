"""What the pretend Slack sends to the app."""
