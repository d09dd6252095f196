"""The words of the psychology tasks. Gaps stand in braces, because the client fills them."""

from flask_babel import lazy_gettext as _l

TEXTS = {
    "part_statements": _l("Statements"),
    "part_missing_symbol": _l("Missing symbol"),
    "part_choice_reaction": _l("Choice reaction"),
    "part_of": _l("Part {n} of {total}"),
    "begin": _l("Begin"),
    "go_on": _l("Go on"),
    "example": _l("Example"),
    "intro_resumed": _l(
        "You are in the middle of this part. What you answered is kept. Go on when you are ready."
    ),
    "intro_time": _l(
        "You have {minutes} minutes for this part, rests included. The time begins when you press the button."
    ),
    "opening": _l("Opening the psychology part…"),
    "submitting": _l("This part is being submitted"),
    "sending_answers": _l("Sending your last answers…"),
    "stay": _l("Please stay on this page for a moment."),
    # Statements
    "intro_statements": _l("You read short statements about yourself and say how far you agree."),
    "intro_statements_1": _l("There is no right or wrong. Choose what fits you, not what sounds best."),
    "intro_statements_2": _l("One tap answers and goes on. You may go back and change an answer."),
    "intro_statements_3": _l(
        "Answer calmly, without thinking long about one statement. Keys 1 to 5 work too."
    ),
    "example_statement": _l("I like to plan my day."),
    "example_statement_meaning": _l("Somebody who agrees chooses 4. You find the words beside each number."),
    "statement_of": _l("Statement {n} of {total}"),
    "previous_statement": _l("Previous statement"),
    "next_statement": _l("Next statement"),
    "statements_open": _l("Some statements have no answer yet"),
    "statements_open_text": _l("{n} left open. A result needs nearly all of them. Please answer them now."),
    "statements_look": _l("Show them to me"),
    # Missing symbol
    "intro_missing_symbol": _l(
        "A key shows five symbols. Each row shows four of them. Which one is missing?"
    ),
    "intro_missing_symbol_1": _l("Press the missing symbol. The next row comes by itself."),
    "intro_missing_symbol_2": _l(
        "Work quickly and carefully. There are more rows than anybody can finish; that is meant so."
    ),
    "intro_missing_symbol_3": _l(
        "You try a few rows first. Then come short columns, with a rest after each that you end yourself."
    ),
    "symbol_key": _l("The key"),
    "symbol_row": _l("The row"),
    "symbol_missing": _l("Missing one"),
    "symbol_circle": _l("circle"),
    "symbol_triangle": _l("triangle"),
    "symbol_square": _l("square"),
    "symbol_star": _l("star"),
    "symbol_cross": _l("cross"),
    "symbol_diamond": _l("diamond"),
    "symbol_crescent": _l("crescent"),
    "symbol_hexagon": _l("hexagon"),
    "symbol_arrow": _l("arrow up"),
    "symbol_ring": _l("ring"),
    "symbol_drop": _l("drop"),
    "symbol_wave": _l("wave"),
    "column_of": _l("Column {n} of {total}"),
    "column_time": _l("Time of this column"),
    "column_first": _l("Now it counts"),
    "column_first_text": _l("{total} columns of {seconds} seconds each. Begin when you are ready."),
    "column_begin": _l("Begin the first column"),
    "column_done": _l("Column {n} is done"),
    "column_done_text": _l("Take a breath and look up for a moment. The next column waits for you."),
    "column_next": _l("Begin column {next}"),
    # Choice reaction
    "intro_choice_reaction": _l(
        "An arrow appears. Press the button with the same direction, quickly and rightly."
    ),
    "intro_choice_reaction_1": _l("Look at the dot in the middle and wait. The arrow comes after a moment."),
    "intro_choice_reaction_2": _l(
        "On a phone, hold it in both hands or lay it down; on a computer, use the arrow keys."
    ),
    "intro_choice_reaction_3": _l("You try it first, with an answer after each arrow. Then it counts."),
    "example_reaction": _l("This arrow points left: press the left button."),
    "arrow_of": _l("Arrow {n} of {total}"),
    "direction_up": _l("upwards"),
    "direction_down": _l("downwards"),
    "direction_left": _l("to the left"),
    "direction_right": _l("to the right"),
    "too_early": _l("A little too early. Wait for the arrow."),
    "now_it_counts": _l("Now it counts"),
    "now_it_counts_text": _l("{n} arrows follow, about two minutes. Go on in the same way."),
    # Practice
    "practice_of": _l("Practice {n} of {total}"),
    "practice_row": _l("Which symbol of the key is missing in the row? Press it below."),
    "practice_right": _l("Right."),
    "practice_wrong_symbol": _l("This symbol is in the row. Look for the one that is not."),
    "practice_wrong_arrow": _l("That was another direction. Take the arrow's own."),
    "practice_too_slow": _l("That was too slow. Press as soon as you see the arrow."),
    # Pauses
    "paused": _l("Paused"),
    "paused_text": _l("You left this page for a moment. Nothing is lost. Go on when you are ready."),
}
