"""Puts a scene together as one SVG of 320 x 200 units."""

from math import hypot

from question_bank.scenes import palette as p
from question_bank.scenes.geometry import HEIGHT, WIDTH, Point, outward, path_of, placed
from question_bank.scenes.model import Kind, RoadUser, Scene, Weather
from question_bank.scenes.props import UPRIGHT, draw_prop
from question_bank.scenes.roads import draw_controls, draw_road
from question_bank.scenes.svg import attribute, group, num, path, points, rect, stroke
from question_bank.scenes.users import draw_label, draw_user

_FOOT = {Kind.PEDESTRIAN, Kind.CHILD, Kind.OFFICER, Kind.COW, Kind.BICYCLE, Kind.TRAIN}


def render_scene(scene: Scene, language: str = "id") -> str:
    """The scene as a self-contained SVG (no script, no outside reference, under 8 KB); equal scenes give equal bytes.

    `language` ("id" or "en") decides the few words in the picture ("Anda" or "You") and the accessible name.
    """
    alt = scene.alt.in_language(language)
    clip = f"scene-{scene.name}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label={attribute(alt)} font-family="Plus Jakarta Sans,Verdana,Arial,sans-serif">'
        f'<clipPath id="{clip}"><rect width="{WIDTH}" height="{HEIGHT}" rx="10"/></clipPath>'
        f'<g clip-path="url(#{clip})">{"".join(_layers(scene, language))}</g></svg>'
    )


def _layers(scene: Scene, language: str) -> list[str]:
    standing = [prop for prop in scene.props if prop.what in UPRIGHT]
    return [
        rect(0, 0, WIDTH, HEIGHT, p.GROUND),
        *draw_road(scene),
        *[draw_prop(prop, language) for prop in scene.props if prop.what not in UPRIGHT],
        *_darkness(scene),
        *[_arrow(path_of(scene, user)) for user in scene.users if user.path and user.to],
        *[draw_prop(prop, language) for prop in standing],
        *draw_controls(scene),
        *[draw_user(scene, user) for user in scene.users],
        *_air(scene),
        *[draw_label(scene, user, language) for user in scene.users],
        rect(0.5, 0.5, WIDTH - 1, HEIGHT - 1, "none", 9.5, stroke(p.GROUND_EDGE, 1)),
    ]


def _arrow(way: tuple[Point, ...]) -> str:
    """A dashed way with a solid head."""
    if len(way) < 2:
        return ""
    (ax, ay), (bx, by) = way[-2], way[-1]
    length = hypot(bx - ax, by - ay) or 1
    hx, hy = (bx - ax) / length, (by - ay) / length
    neck = (bx - hx * 6, by - hy * 6)
    line = f"M{points((way[0],))}L{points((*way[1:-1], neck))}"
    tip = (bx + hx * 4, by + hy * 4)
    barbs = (neck[0] - hy * 6, neck[1] + hx * 6), (neck[0] + hy * 6, neck[1] - hx * 6)
    head = f"M{points((tip, *barbs))}Z"
    return path(line, extra=stroke(p.PATH, 2.8, dash="6 4")) + path(head, p.PATH)


def _darkness(scene: Scene) -> list[str]:
    if scene.weather is not Weather.NIGHT:
        return []
    lit = [user for user in scene.users if user.kind not in _FOOT and user.moving]
    return [rect(0, 0, WIDTH, HEIGHT, "#0b1a33", 0, ' opacity=".66"'), *[_beam(scene, user) for user in lit]]


def _beam(scene: Scene, user: RoadUser) -> str:
    x, y, heading = placed(scene, user)
    hx, hy = outward(heading)
    return group(
        [path("M-5,0L-24,-84Q0,-96 24,-84L5,0Z", "#ffe9a8", ' opacity=".42"')],
        f"translate({num(x + hx * 12)} {num(y + hy * 12)}) rotate({num(heading)})",
    )


def _air(scene: Scene) -> list[str]:
    if scene.weather is Weather.RAIN:
        drops = "".join(
            f"M{(83 * k + 29 * (k % 7)) % 331},{(47 * k + 13 * (k % 5)) % 211}l-4,12" for k in range(70)
        )
        wet = rect(0, 0, WIDTH, HEIGHT, "#3d566e", 0, ' opacity=".2"')
        return [wet, path(drops, extra=stroke("#ffffff", 1.4, cap="round") + ' opacity=".6"')]
    if scene.weather is Weather.FOG:
        # Thicker with distance; those scenes have the own vehicle at the left edge.
        name = f"fog-{scene.name}"
        stops = "".join(
            f'<stop offset="{offset}" stop-color="#eef2f4" stop-opacity="{opacity}"/>'
            for offset, opacity in ((".2", "0"), (".75", ".86"))
        )
        return [
            f'<linearGradient id="{name}">{stops}</linearGradient>',
            rect(0, 0, WIDTH, HEIGHT, f"url(#{name})"),
        ]
    return []
