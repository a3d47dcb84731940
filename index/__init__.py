"""Finding passages. Knows no chat, no draft."""
