"""Python's garbage collection, set for a process that serves for a long time."""

from __future__ import annotations

import gc

ALLOCATED, YOUNG, OLD = 20_000, 20, 50
"""How many new objects, and how many collections of the younger kind, make the next collection."""


def settle() -> None:
    """Leave what is loaded by now out of garbage collection, and collect less often.

    Hundreds of thousands of objects of the libraries live as long as the process. By default Python walks through all
    of them again and again, and every answer that is under way waits meanwhile.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATED, YOUNG, OLD)
