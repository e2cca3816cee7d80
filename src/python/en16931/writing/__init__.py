"""Writers: from the content of an invoice to UBL 2.1 or CII, by the tables that the readers use."""
