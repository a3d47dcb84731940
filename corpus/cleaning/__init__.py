"""The passes of `clean`, one family of noise per module. Each looks at the text as it stands and proposes edits."""
