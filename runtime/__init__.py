"""The process: settings, everything put together, the HTTP or Socket Mode front, the clock, logs, doctor, reports."""
