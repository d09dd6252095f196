import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The words stand in the server's catalogue; a key without words would show itself to an applicant. */
describe("every text the client says", () => {
  const known = new Set([...readFileSync("examapp/web/applicant/texts.py", "utf8").matchAll(/^\s+"(\w+)": _l\(/gm)].map((m) => m[1]!));
  for (const topic of ["signs", "markings", "right_of_way", "speed", "safety", "ethics", "vehicle", "law", "first_aid", "hazard"]) {
    known.add(`topic_${topic}`);
  }
  const sources = globSync("examapp/client/exam/**/*.ts").filter((path) => !path.endsWith(".test.ts"));
  const code = sources.map((path) => readFileSync(path, "utf8")).join("\n");
  const template = globSync("examapp/templates/applicant/{_room,exam,practice,camera,photo}.html").map((path) => readFileSync(path, "utf8")).join("\n");

  it("has words in the catalogue", () => {
    const said = [...code.matchAll(/say\(\s*"(\w+)"/g), ...code.matchAll(/say\([^()]*\? "(\w+)" : "(\w+)"/g)];
    const named = [...template.matchAll(/data-(?:text|label)="(\w+)"/g)];
    const keys = [...said, ...named].flatMap((match) => [match[1], match[2]]).filter((key) => key !== undefined);
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter((key) => !known.has(key))).toEqual([]);
  });

  it("has words for every state of the camera", () => {
    const states = ["lost", "refused", "missing", "in_use", "insecure", "unsupported"];
    const wanted = [...states, "ok", "off", "starting"].map((state) => `camera_${state}`);
    const exam = states.map((state) => `camera_${state}_exam`);
    expect([...wanted, ...exam].filter((key) => !known.has(key))).toEqual([]);
  });
});
