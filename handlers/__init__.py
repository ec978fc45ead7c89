"""What Convener hears and says: one module per feature, triggered by Slack or by the clock."""
