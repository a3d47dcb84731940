"""The rules and parts of the roll-over; `assistant.rollover` is its door."""
