"""The page, and the streams and pictures behind it."""
