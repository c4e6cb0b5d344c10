// What a test run has to say at its end: what failed and why, what needed a second try, what broke outside a test.
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ROOT } from "./ensure.mjs";

/**
 * For Vitest's `--reporter`; writes `{ files, errors }` to the file that TEST_REPORT names: of each file its `project`, its
 * numbers (passed, failed, skipped) and its `lines`, a sentence for each failure.
 */
export default class {
  onTestRunEnd(modules, unhandledErrors) {
    const files = modules.map((module) => {
      const place = relative(ROOT, module.moduleId);
      const total = { passed: 0, failed: 0, skipped: 0 };
      const lines = [];
      const unfinished = [];
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        const name = `${place} > ${test.fullName}`;
        if (state === "pending") unfinished.push(test.fullName);
        else total[state] += 1;
        if (state === "failed") lines.push(`${name}: ${reasonOf(errors)}`);
      }
      // A hook that failed, a file that cannot be read, a process that died.
      const outside = module
        .errors()
        .concat([...module.children.allSuites()].flatMap((suite) => suite.errors()));
      if (unfinished.length > 0)
        outside.push({ message: `its process ended during: ${unfinished.join("; ")}` });
      if (outside.length > 0) lines.push(`${place}: ${reasonOf(outside)}`);
      if (total.failed === 0 && (outside.length > 0 || module.state() === "failed")) total.failed = 1;
      return { place, project: module.project.name, lines, ...total };
    });
    const errors = unhandledErrors.map((error) => reasonOf([error]));
    writeFileSync(process.env.TEST_REPORT, JSON.stringify({ files, errors }));
  }
}

function reasonOf(errors = []) {
  const text = errors
    .map(({ message, cause }) => [message, cause?.message].filter(Boolean).join(": "))
    .join("; ");
  return stripVTControlCharacters(text).split("\n").slice(0, 4).join("\n     ");
}
