import { globSync } from "node:fs";
import { basename, dirname } from "node:path";
import { defineConfig } from "vitest/config";
import { precompress } from "./tools/vite/precompress.ts";
import { purgedTabler } from "./tools/vite/tabler.ts";

const OUT = "examapp/static/dist";

/** One entry a folder of `client/` (its `main.ts`), and the shared sheets and script beside them. */
function entries(): Record<string, string> {
  const found: Record<string, string> = {
    base: "examapp/client/shared/base.ts",
    applicant: "examapp/client/shared/applicant.css",
    staff: "examapp/client/shared/staff.css",
  };
  for (const path of globSync("examapp/client/*/main.ts")) found[basename(dirname(path))] = path;
  return found;
}

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  plugins: [purgedTabler(), precompress(OUT)],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome107", "firefox104", "safari16"],
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: entries() },
  },
  test: {
    include: ["examapp/client/**/*.test.ts"],
    environment: "node",
    passWithNoTests: true,
  },
});
