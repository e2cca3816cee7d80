import json
from pathlib import Path

import pytest

from en16931.document_types import (
    CREDIT_NOTE_TYPE_CODES,
    DocumentType,
    document_kind_of,
    document_type_of,
)
from en16931.model import DocumentKind
