"""XRechnung 3.0.2, the German usage of EN 16931: its rules BR-DE, BR-DEX and BR-TMP, and those of Peppol that it takes over."""
