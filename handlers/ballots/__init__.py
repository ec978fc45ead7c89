"""The vote on whom to invite: opened, voted in, closed, told, and what follows it."""
