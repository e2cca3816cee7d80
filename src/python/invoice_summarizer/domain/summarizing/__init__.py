"""Summaries of which every figure is bound to its place, and the gate that refuses any other."""
