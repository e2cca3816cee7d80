"""Checks of what was read: findings, never exceptions."""
