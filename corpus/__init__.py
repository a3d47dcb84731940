"""Texts of past plans: read, repaired, understood. Knows no vectors, no models, no UI."""
