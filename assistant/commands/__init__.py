"""The verbs of the `gongbi` command, a module each: `add_options` says what it takes, `run` does it."""
