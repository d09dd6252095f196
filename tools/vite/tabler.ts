import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PurgeCSS } from "purgecss";
import type { Plugin } from "vite";

const MARKER = "/* tabler: only what the pages use */";
const SOURCE = "node_modules/@tabler/core/dist/css/tabler.css";

/** Classes that templates build from a variable, so that no scan of the text can see them. */
const DYNAMIC = [/^alert-/, /^badge-/, /^is-(in)?valid$/, /^show$/, /^collapsing$/, /^modal-/, /^active$/];

/** Kept whatever the pages say: the few pieces every form is made of. */
const ALWAYS =
  "html body main header footer nav svg path btn btn-primary btn-danger btn-success form-control form-select " +
  "form-check form-check-input form-check-label form-label radio checkbox";

/** Names that mean something of our own here: Tabler's components of that name would mix with it. */
const OURS = [/^steps?(-|$)/, /^legend$/, /^list-item$/, /^page-body$/, /^scroll-x$/, /^skip-link$/, /^icon(-|$)/];

/** Templates that only staff ever see; the applicant's style sheet leaves their classes out. */
const STAFF = /templates\/(admin|proctor|auditor|psychologist|base_staff)/;
const STAFF_CLIENT = /client\/(admin|proctor)\//;

function sources(audience: "applicant" | "staff"): string[] {
  const all = [
    ...globSync("examapp/templates/**/*.html"),
    ...globSync("examapp/client/**/*.ts"),
    ...globSync("examapp/web/**/*.py"),
  ].map((path) => path.replaceAll("\\", "/"));
  if (audience === "staff") return all;
  return all.filter((path) => !STAFF.test(path) && !STAFF_CLIENT.test(path) && !/web\/(admin|proctor)/.test(path));
}

async function usedTabler(audience: "applicant" | "staff", ownStyles: string): Promise<string> {
  const words = (content: string): string[] => content.match(/[A-Za-z0-9_-]+/g) ?? [];
  const raw = sources(audience).map((path) => ({ raw: readFileSync(path, "utf8"), extension: "html" }));
  const [result] = await new PurgeCSS().purge({
    content: [...raw, { raw: ALWAYS, extension: "html" }],
    css: [{ raw: readFileSync(SOURCE, "utf8").replace(/@charset[^;]*;/, "") }],
    defaultExtractor: words,
    safelist: { standard: DYNAMIC },
    blocklist: OURS,
    fontFace: true,
    keyframes: true,
  });
  return withoutUnusedVariables(result?.css ?? "", ownStyles);
}

/** Drops custom properties nobody reads: Tabler declares several hundred of them on `:root`. */
function withoutUnusedVariables(css: string, ownStyles: string): string {
  let current = css;
  for (;;) {
    const read = new Set([...(current + ownStyles).matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
    const next = current.replace(/(?<=[{;\s])(--[\w-]+)\s*:[^;{}]*(;|(?=\}))/g, (all, name: string) =>
      read.has(name) ? all : "",
    );
    if (next === current) return next;
    current = next;
  }
}

/** Replaces the marker in `applicant.css` and `staff.css` by the part of Tabler their pages use. */
export function purgedTabler(): Plugin {
  return {
    name: "purged-tabler",
    enforce: "pre",
    buildStart() {
      for (const path of sources("staff")) this.addWatchFile(resolve(path));
    },
    async transform(code, id) {
      const audience = /shared\/(applicant|staff)\.css$/.exec(id)?.[1] as "applicant" | "staff" | undefined;
      if (!audience || !code.includes(MARKER)) return null;
      // An @import may not follow a rule, so the sheet's own imports are put in their place here.
      const own = code.replace(/@import "(\.[^"]+)";/g, (_, path: string) => {
        const file = join(dirname(id), path);
        this.addWatchFile(file);
        return readFileSync(file, "utf8");
      });
      return { code: own.replace(MARKER, await usedTabler(audience, own)), map: null };
    },
  };
}
