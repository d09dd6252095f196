import { describe, expect, it } from "vitest";
import { StatementSheet } from "./statement_sheet.ts";

const setup = {
  scale: ["1", "2", "3", "4", "5"],
  statements: ["a", "b", "c"].map((id) => ({ id, text: `text ${id}` })),
};
const saved = (choice: number, rt_ms = 2_000) => ({ value: { choice, rt_ms }, received_at: "", late: false });

describe("the agreement scale", () => {
  it("begins at the first statement without an answer", () => {
    const sheet = new StatementSheet(setup, { a: saved(4) }, []);
    expect([sheet.cursor, sheet.done, sheet.open()]).toEqual([1, 1, [1, 2]]);
  });

  it("takes what still waits on the device over what the server has", () => {
    const waiting = [{ kind: "answer", item_id: "a", value: { choice: 2, rt_ms: 900 } }];
    const sheet = new StatementSheet(setup, { a: saved(4) }, waiting);
    sheet.move(0, 0);
    expect(sheet.choice).toBe(2);
  });

  it("is at its end when everything is answered", () => {
    const sheet = new StatementSheet(setup, { a: saved(1), b: saved(2), c: saved(3) }, []);
    expect(sheet.atEnd).toBe(true);
  });

  it("counts only the time in which the statement was in sight", () => {
    const sheet = new StatementSheet(setup, {}, []);
    sheet.look(1_000);
    sheet.lookAway(3_000);
    sheet.look(60_000);
    expect(sheet.choose(5, 61_000)).toEqual({ choice: 5, rt_ms: 3_000 });
  });

  it("adds up the time of a statement that was come back to", () => {
    const sheet = new StatementSheet(setup, {}, []);
    sheet.look(0);
    sheet.choose(2, 1_500);
    sheet.move(1, 2_000);
    sheet.look(2_000);
    sheet.move(0, 5_000);
    sheet.look(5_000);
    expect(sheet.choose(4, 6_000)).toEqual({ choice: 4, rt_ms: 3_000 });
  });

  it("stays inside the list whatever is pressed", () => {
    const sheet = new StatementSheet(setup, {}, []);
    sheet.move(-4, 0);
    expect(sheet.cursor).toBe(0);
    sheet.move(99, 0);
    expect(sheet.atEnd).toBe(true);
  });

  it("keeps place and answers in another language", () => {
    const sheet = new StatementSheet(setup, { a: saved(4) }, []);
    sheet.translate({ ...setup, statements: setup.statements.map(({ id }) => ({ id, text: `teks ${id}` })) });
    expect([sheet.statement.text, sheet.done]).toEqual(["teks b", 1]);
  });
});
