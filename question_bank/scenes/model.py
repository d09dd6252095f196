"""What a traffic situation consists of. Traffic keeps left (UU 22/2009 art. 108)."""

from dataclasses import dataclass
from enum import StrEnum

from question_bank.text import Text

OWN = "Anda"
"""Label of the applicant's own vehicle; shown as "You" in an English picture."""


class Layout(StrEnum):
    """Shape of the road. Arms lie at the bearings of `geometry.BEARINGS`."""

    FOUR_ARM = "four-arm"
    T = "t"
    Y = "y"
    ROUNDABOUT = "roundabout"
    ROAD = "road"
    BEND = "bend"


class Rank(StrEnum):
    """Weight of an arm beside the others: UU 22/2009 art. 113(1)(b) speaks of main roads, smaller arms, yards."""

    MAIN = "main"
    EQUAL = "equal"
    MINOR = "minor"
    YARD = "yard"


class Control(StrEnum):
    """What stands at the mouth of an arm."""

    NONE = ""
    STOP = "stop"
    GIVE_WAY = "give-way"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    OFFICER_STOP = "officer-stop"
    OFFICER_GO = "officer-go"


class Kind(StrEnum):
    """Road users and things on the road. `OWN` is drawn as an arrowhead that stands for a car or a motorcycle."""

    OWN = "own"
    CAR = "car"
    MOTORCYCLE = "motorcycle"
    BICYCLE = "bicycle"
    TRUCK = "truck"
    BUS = "bus"
    FIRE_ENGINE = "fire-engine"
    AMBULANCE = "ambulance"
    HEARSE = "hearse"
    TRAIN = "train"
    PEDESTRIAN = "pedestrian"
    CHILD = "child"
    OFFICER = "officer"
    COW = "cow"


class Weather(StrEnum):
    CLEAR = "clear"
    RAIN = "rain"
    NIGHT = "night"
    FOG = "fog"


@dataclass(frozen=True, slots=True)
class Arm:
    """One road that meets the others; `lanes` counts the lanes of one direction."""

    name: str
    rank: Rank = Rank.EQUAL
    control: Control = Control.NONE
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class RoadUser:
    """Someone or something on the road.

    On an arm: `arm` is where it comes from, `at` its distance from the centre in drawing units (negative beyond the
    centre), `lane` 0 the leftmost lane, `to` where it wants to go. Elsewhere: `x`, `y` (320 x 200) and `heading` in
    degrees clockwise from up. `moving` is False for what is parked or broken down: such a user claims no priority.
    """

    kind: Kind
    label: str = ""
    arm: str = ""
    to: str = ""
    at: float = 0.0
    lane: int = 0
    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0
    moving: bool = True
    circulating: bool = False
    brakes: bool = False
    hazard_lights: bool = False
    indicator: str = ""
    path: bool = True
    label_dx: float = 0.0
    label_dy: float = 0.0


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing beside or across the road: `what` is a name of `props.PROPS`, `text` what is written on it."""

    what: str
    x: float
    y: float
    text: str = ""
    width: float = 0.0
    height: float = 0.0
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A situation as drawn and as judged.

    `first` is the label of who goes first when the scene asks that, else empty. `narrow` says that two vehicles can't
    pass; `obstructed` names the arm whose traffic finds its side blocked, `uphill` the arm whose traffic climbs.
    """

    name: str
    layout: Layout
    arms: tuple[Arm, ...]
    users: tuple[RoadUser, ...]
    alt: Text
    props: tuple[Prop, ...] = ()
    weather: Weather = Weather.CLEAR
    first: str = ""
    centre_line: str = "dashed"
    narrow: bool = False
    obstructed: str = ""
    uphill: str = ""

    def arm(self, name: str) -> Arm:
        return next(arm for arm in self.arms if arm.name == name)

    def user(self, label: str) -> RoadUser:
        return next(user for user in self.users if user.label == label)
