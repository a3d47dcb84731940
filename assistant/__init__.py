"""What union staff ask for: drafting, checking, comparing, chatting."""
