"""What the evidence of a value is worth: scores of extraction become shares of such values that are right."""
