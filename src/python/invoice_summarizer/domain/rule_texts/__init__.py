"""What rules ask, and what to do where they are not kept, in the languages of the summaries."""
