import { describe, expect, it } from "vitest";
import { sizeInWords } from "./size.ts";

describe("sizeInWords", () => {
  it("names the size in the unit and the language that people read", () => {
    expect(sizeInWords(12_400, "id")).toBe("12 kB");
    expect(sizeInWords(1_440_000, "id")).toBe("1,4 MB");
    expect(sizeInWords(1_440_000, "en")).toBe("1.4 MB");
  });

  it("never says that a file is empty when it is only small", () => {
    expect(sizeInWords(12, "en")).toBe("1 kB");
  });
});
