"""The rules of each VAT category, a module for each: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF, BR-AG and BR-B.

The standard writes the same ten rules for nearly every category: -01 that the breakdown has it, -02 to -04 which
identifiers of the parties a line, an allowance and a charge need, -05 to -07 which rate they have, -08 the taxable
amount, -09 the tax, -10 the reason for which no tax is due. What they ask is in `breakdown`, `parties`, `rates` and
`amounts`; where they ask it, and in which syntax, in `category`.
"""
