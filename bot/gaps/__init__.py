"""What is being done about an unmet criterion, and which one is spoken of."""
