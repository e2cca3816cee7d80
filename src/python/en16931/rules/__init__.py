"""The rules of EN 16931, a module for each chapter of the official rule set, and what every rule and pack has."""
