"""One module for each group of commands; each says what to ask for and hands the answer to `presentation`."""
