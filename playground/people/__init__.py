"""Acting as people do, and the control API for it."""
