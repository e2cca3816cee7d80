"""What a score of extraction is worth: how often a value of its field that has the score is right."""
