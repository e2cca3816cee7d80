"""OCR: from the picture of a page to words of the layer OCR."""
