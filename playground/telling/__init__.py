"""The demo, the story and the tour."""
