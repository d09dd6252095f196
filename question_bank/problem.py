"""What is wrong with an item or a row, as a value that can be shown in any language."""

from dataclasses import dataclass

Param = str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is a stable string (see `problem_words`), `field` a path such as `options.b.text.id`.

    `params` are the values a sentence needs, sorted by name. `question_bank.problem_words.explain` words it.
    """

    field: str
    code: str
    params: tuple[tuple[str, Param], ...] = ()

    @classmethod
    def of(cls, field: str, code: str, **params: Param) -> "Problem":
        return cls(field, code, tuple(sorted(params.items())))


class BadItem(ValueError):
    """The data does not make an item; `problems` says why, one by one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.field}: {problem.code}" for problem in problems))
