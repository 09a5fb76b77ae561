"""The JSON Schema (2020-12) of the PUT body, made from the models.

`python -m sms_tui.schema.jsonschema` renews the checked-in copy that the registry reads.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sms_tui.schema.models.task import PutTaskReq

STORED = Path(__file__).with_name("task.schema.json")


class _TaskSchema(GenerateJsonSchema):
    """Publishes only defaults that the reference states; a model's None means "may be absent"."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def generate() -> dict[str, Any]:
    """The schema, with definitions and properties in the reference's order."""
    schema = PutTaskReq.model_json_schema(schema_generator=_TaskSchema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def text() -> str:
    """The schema as it is stored and printed."""
    return json.dumps(generate(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    STORED.write_text(text(), "utf-8")
