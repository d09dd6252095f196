/* A hand at the psychology tasks: presses what the task asks for, one press a look, with a person's pauses.
   `choices` says what to answer to each statement, by its text. */
(choices) => {
  const one = (selector) => document.querySelector(selector);
  const drawn = (box) => [...document.querySelectorAll(`${box} path`)].map((path) => path.getAttribute("d"));
  const touch = (element) => element.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0 }));
  let seen = "", since = 0;

  /** Whether what is shown has been looked at for so long. */
  const read = (shown, ms) => {
    if (shown !== seen) [seen, since] = [shown, performance.now()];
    return performance.now() - since >= ms;
  };

  const statement = () => {
    const text = one("#statement").textContent;
    if (one(".options.is-settled") || !read(text, 270)) return;
    one(`[data-choice="${choices[text] ?? 4}"]`).click();
  };

  const symbols = () => {
    const row = drawn(".symbol-row");
    if (row.length === 0 || one(".task-hint.is-right") || !read(drawn(".symbol-key") + "|" + one(".symbol-row").outerHTML, 165)) return;
    const place = drawn(".symbol-key").findIndex((shape) => !row.includes(shape));
    const button = document.querySelectorAll(".symbol-button")[place];
    if (button) touch(button);
  };

  const arrow = () => {
    const path = one(".reaction-box .glyph path");
    if (!path) return read("", 0);
    const turn = /\d+/.exec(path.getAttribute("transform") ?? "0")[0];
    if (!read(`arrow ${one("#position").textContent}`, 210)) return;
    touch(one(`[data-response="${{ 0: "up", 90: "right", 180: "down", 270: "left" }[turn]}"]`));
  };

  window.setInterval(() => {
    const visible = (element) => element?.checkVisibility();
    if (visible(one("#begin")) && !one("#begin").disabled) return one("#begin").click();
    if (!visible(one("#stage"))) return;
    if (one("#stage .task-break")) return one("#stage .btn-primary").click();
    if (one("#statement")) return statement();
    if (one(".symbol-board")) return symbols();
    if (one(".reaction-box")) return arrow();
  }, 25);
}
