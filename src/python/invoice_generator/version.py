"""The version of what is generated: with a seed and a number it names a document, byte by byte."""

GENERATOR_VERSION = "1"
