"""What Convener thinks: values and pure rules. No I/O, no clock, no Slack, no database."""
