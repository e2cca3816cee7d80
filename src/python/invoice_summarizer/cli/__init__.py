"""The command line: `invoicectl`, and the demo."""
