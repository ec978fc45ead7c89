"""``/stakeholder``: the register of people, seats and groups."""
