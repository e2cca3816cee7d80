"""Budgets of tokens, a tenant each."""
