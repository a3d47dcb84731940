"""What files are and how each kind becomes text: one module per kind."""
