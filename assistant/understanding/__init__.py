"""Parts of understanding what staff type; `assistant.understand` is the door."""
