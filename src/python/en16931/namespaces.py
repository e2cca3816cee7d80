"""The namespaces of the syntaxes that are read, under the prefixes that the places of values use."""

from collections.abc import Mapping
from types import MappingProxyType

from en16931.xml_reading import Syntax

_UBL_COMPONENTS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}

NAMESPACES: Mapping[Syntax, Mapping[str, str]] = MappingProxyType(
    {
        Syntax.UBL_INVOICE: MappingProxyType(
            {"ubl": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", **_UBL_COMPONENTS}
        ),
        Syntax.UBL_CREDIT_NOTE: MappingProxyType(
            {"cn": "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", **_UBL_COMPONENTS}
        ),
        Syntax.CII: MappingProxyType(
            {
                "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
                "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
                "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
                "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
            }
        ),
        Syntax.ZUGFERD_1: MappingProxyType(
            {
                "rsm": "urn:ferd:CrossIndustryDocument:invoice:1p0",
                "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12",
                "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:12",
                "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15",
            }
        ),
        Syntax.FATTURAPA: MappingProxyType(
            {"p": "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"}
        ),
    }
)

# The prefix of a namespace, whatever the syntax.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {uri: prefix for prefixes in NAMESPACES.values() for prefix, uri in prefixes.items()}
)
