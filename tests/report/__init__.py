"""Views and faces."""
