"""Freer writing with any chat model, every promise kept. Importing this package is light; models load when used."""
