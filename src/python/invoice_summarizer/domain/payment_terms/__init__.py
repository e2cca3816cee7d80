"""Payment terms (BT-20) read into discounts, days and instalments; what is not understood in full is not used."""
