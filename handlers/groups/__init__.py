"""``/workgroup``: a channel's group, its co-chairs and its settings."""
