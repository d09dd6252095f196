"""What the API takes, checked at the door; `openapi.py` describes it from these same models."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from examapp.domain.attempt import Part, Step
from examapp.services.sitting.answers import MAXIMUM_BATCH


def _storable(text: str) -> str:
    # PostgreSQL keeps no NUL in a text, and none has any business in one.
    if "\0" in text:
        raise ValueError("it contains a NUL character")
    return text


Text = Annotated[str, AfterValidator(_storable)]
ShortText = Annotated[Text, Field(max_length=200)]


class Sent(BaseModel):
    """What every body has in common: unknown fields are ignored, so that an older server takes a newer client."""

    model_config = ConfigDict(extra="ignore")


class EventIn(Sent):
    """One event of a device. Its `uuid` makes sending it again harmless."""

    uuid: UUID
    part: Text = Field(max_length=20)
    kind: Text = Field(max_length=30)
    item_id: Text | None = Field(default=None, max_length=40)
    value: Any = None
    sequence: int | None = Field(default=None, ge=0, le=2**31 - 1)
    # Kept, never trusted: a clock before 1970 must not hold up the answers sent with it.
    client_time_ms: int | None = Field(default=None, ge=-(2**53), le=2**53)


class EventsIn(Sent):
    """A batch of events; `epoch` is what the device was given when it became the active one."""

    device: Text | None = Field(default=None, max_length=64)
    epoch: int | None = Field(default=None, ge=0, le=2**31 - 1)
    events: list[EventIn] = Field(min_length=1, max_length=MAXIMUM_BATCH)


class DeviceIn(Sent):
    device: Text = Field(min_length=8, max_length=64)
    take_over: bool = False


class StepIn(Sent):
    """A step of the preparation that is done, and what it gave."""

    step: Step
    camera: Text | None = Field(default=None, max_length=20)
    timezone: Text | None = Field(default=None, max_length=40)
    language: Literal["id", "en"] | None = None
    guardian_name: ShortText | None = None
    guardian_phone: Text | None = Field(default=None, max_length=30)


class SubmitIn(Sent):
    """The part to end. It may be left out while only one part has begun; afterwards that is refused."""

    part: Part | None = None
