import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const MINUTE_MS = 60_000;

/** One set of tests; journeys and browsers run real servers and may take their time. */
function project(name: string, include: string[], timeout_ms: number) {
  return {
    extends: true as const,
    test: { name, include, testTimeout: timeout_ms, hookTimeout: MINUTE_MS },
  };
}

/** What looks at every page takes longest: begun last, it would run alone while the other worker rests. */
class LooksFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLook = ({ moduleId }: TestSpecification) => moduleId.endsWith("-look.test.ts");
    return [...sorted.filter(isLook), ...sorted.filter((file) => !isLook(file))];
  }
}

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    // Of tests that say that they can stand side by side: while one waits, the other works.
    maxConcurrency: 2,
    sequence: { sequencer: LooksFirst },
    globalSetup: ["tests/setup.ts"],
    setupFiles: ["tests/same-seed.ts"],
    projects: [
      project("unit", ["src/**/*.test.{ts,tsx}", "demo/**/*.test.ts", "tests/*.test.ts"], MINUTE_MS / 2),
      project("journeys", ["tests/journeys/**/*.test.ts"], 2 * MINUTE_MS),
      project("browser", ["tests/browser/**/*.test.ts"], 2 * MINUTE_MS),
    ],
  },
});
