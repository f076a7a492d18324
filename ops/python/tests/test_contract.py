"""The dataclasses against the scorer's openapi.json: every answer has one, with the fields that the document says."""

from __future__ import annotations

import dataclasses
import json
import typing
import unittest
from pathlib import Path
from typing import Any, Dict, List, Union

import assay
from assay.results import Answer

DOCUMENT = Path(__file__).parents[2] / "service/src/main/resources/dev/assay/service/serve/openapi.json"
NOT_OURS = ["/v1/rerank", "/v1/activity/stream"]  # another contract; no document
SHARED = [field.name for field in dataclasses.fields(Answer)]  # some answers begin with less, which is None there
SCALARS = {"string": str, "integer": int, "number": float, "boolean": bool}


def optional(hint: Any) -> bool:
    return typing.get_origin(hint) is Union


@unittest.skipUnless(DOCUMENT.exists(), "the scorer's document is not beside this client")
class ContractTest(unittest.TestCase):
    schemas: Dict[str, Any]

    def setUp(self) -> None:
        self.document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
        self.schemas = self.document["components"]["schemas"]
        named = [getattr(assay, name) for name in assay.__all__]
        self.classes = {kind.SCHEMA: kind for kind in named if hasattr(kind, "SCHEMA")}

    def answers(self) -> List[str]:
        names: List[str] = []
        for path, methods in self.document["paths"].items():
            if path.startswith("/v1/") and path not in NOT_OURS:
                for operation in methods.values():
                    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
                    names += [self.name(one) for one in schema.get("oneOf", [schema])]
        return names

    @staticmethod
    def name(schema: Dict[str, Any]) -> str:
        return str(schema["$ref"]).rsplit("/", 1)[1]

    def test_every_answer_has_a_dataclass(self) -> None:
        self.assertEqual(sorted(self.answers()), sorted(self.classes))

    def test_fields_are_those_of_the_document(self) -> None:
        for name, kind in self.classes.items():
            with self.subTest(name):
                self.compare(self.schemas[name], kind, name)

    def compare(self, schema: Dict[str, Any], kind: Any, place: str) -> None:
        hints = typing.get_type_hints(kind)
        described = schema["properties"]
        fields = {field.name for field in dataclasses.fields(kind)} - {"raw"}
        self.assertEqual(fields - set(described) - set(SHARED), set(), f"{place}: not in the document")
        self.assertEqual(set(described) - fields, set(), f"{place}: not in {kind.__name__}")
        for field, one in described.items():
            hint = hints[field]
            if not (issubclass(kind, Answer) and field in SHARED):
                may_be_none = one.get("nullable", False) or field not in schema["required"]
                self.assertEqual(optional(hint), may_be_none, f"{place}.{field}: Optional")
            self.value(one, typing.get_args(hint)[0] if optional(hint) else hint, f"{place}.{field}")

    def value(self, schema: Dict[str, Any], hint: Any, place: str) -> None:
        if "allOf" in schema:
            schema = schema["allOf"][0]
        if "$ref" in schema:
            self.assertTrue(dataclasses.is_dataclass(hint), place)
            self.compare(self.schemas[self.name(schema)], hint, place)
        elif schema["type"] == "array":
            self.assertIs(typing.get_origin(hint), tuple, place)
            self.value(schema["items"], typing.get_args(hint)[0], place + "[]")
        else:
            self.assertIs(hint, SCALARS[schema["type"]], place)


if __name__ == "__main__":
    unittest.main()
