"""What the API takes, checked at the door; `openapi.py` describes it from these same models."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from examapp.domain.attempt import Part, Step
from examapp.services.answers import MAXIMUM_BATCH

ShortText = Annotated[str, Field(max_length=200)]


class Sent(BaseModel):
    """What every body has in common: unknown fields are ignored, so that an older server takes a newer client."""

    model_config = ConfigDict(extra="ignore")


class EventIn(Sent):
    """One event of a device. Its `uuid` makes sending it again harmless."""

    uuid: UUID
    part: str = Field(max_length=20)
    kind: str = Field(max_length=30)
    item_id: str | None = Field(default=None, max_length=40)
    value: Any = None
    sequence: int | None = Field(default=None, ge=0, le=2**31 - 1)
    client_time_ms: int | None = Field(default=None, ge=0, le=2**53)


class EventsIn(Sent):
    """A batch of events; `epoch` is what the device was given when it became the active one."""

    device: str | None = Field(default=None, max_length=64)
    epoch: int | None = Field(default=None, ge=0, le=2**31 - 1)
    events: list[EventIn] = Field(min_length=1, max_length=MAXIMUM_BATCH)


class DeviceIn(Sent):
    device: str = Field(min_length=8, max_length=64)
    take_over: bool = False


class StepIn(Sent):
    """A step of the preparation that is done, and what it gave."""

    step: Step
    camera: str | None = Field(default=None, max_length=20)
    timezone: str | None = Field(default=None, max_length=40)
    language: Literal["id", "en"] | None = None
    guardian_name: ShortText | None = None
    guardian_phone: str | None = Field(default=None, max_length=30)


class SubmitIn(Sent):
    """The part to end; without one, the part that runs."""

    part: Part | None = None
