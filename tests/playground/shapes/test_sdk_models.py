"""The models of Slack's SDK for Python agree with the blocks and views that the playground takes and hands back."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block, BlockElement
from slack_sdk.models.views import View

from playground.validator.blocks import BLOCKS
from playground.validator.checks import Shape
from playground.validator.elements import ELEMENTS
from playground.world.kept import kept_blocks, kept_view
from tests.playground.shapes.scenes import VIEW, every_block

NO_MODEL = {"data_table", "data_visualization"}
"""Blocks that the SDK has no model for yet."""
INHERITED = {"alt_text", "placeholder", "confirm", "focus_on_load"}
"""Fields that the SDK's models have from their base classes, though Slack's page for the element does not."""


@pytest.mark.parametrize("block", [one for one in every_block() if one["type"] not in NO_MODEL])
def test_a_block_that_comes_back_is_the_sdks_model_of_it(block: dict[str, Any]) -> None:
    """Field by field."""
    (kept,) = kept_blocks([block])
    parsed = Block.parse(kept)
    assert parsed is not None
    assert parsed.to_dict() == kept


def test_a_view_that_comes_back_is_the_sdks_model_of_it() -> None:
    """Its texts and its blocks."""
    kept = kept_view(VIEW)
    model = View(**kept)
    model.validate_json()
    assert model.to_dict() == kept


def models_of(base: type[Any]) -> Iterator[tuple[str, set[str]]]:
    """The type and the fields of each of the SDK's models below one."""
    for model in base.__subclasses__():
        yield from models_of(model)
        known: Any = inspect.getattr_static(model, "attributes")
        fields = known.fget(object.__new__(model)) if isinstance(known, property) and known.fget else known
        if isinstance(getattr(model, "type", None), str):
            yield model.type, set(fields)


@pytest.mark.parametrize(("base", "shapes"), [(Block, BLOCKS), (BlockElement, ELEMENTS)])
def test_every_field_that_the_sdk_knows_is_taken(base: type[JsonObject], shapes: dict[str, Any]) -> None:
    """What an app sends by way of a model is not refused for a field of it."""
    wrong: dict[str, list[str]] = {}
    for kind, fields in models_of(base):
        shape = shapes.get(kind)
        if isinstance(shape, Shape) and (refused := fields - set(shape.required) - set(shape.optional) - INHERITED):
            wrong[kind] = sorted(refused)
    assert wrong == {}
