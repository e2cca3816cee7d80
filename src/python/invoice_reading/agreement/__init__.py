"""Does the page of a hybrid PDF say what the XML inside it says? Each field is asked for, and each has one answer."""
