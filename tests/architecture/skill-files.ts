import type { Rule } from "./source.ts";

/** The table in design.md, section "A skill", and nothing else. A folder may take the place of a long file. */
const ALLOWED = [
  "README\\.md",
  "(skill|api|events|ports|tables|reactions|jobs)\\.ts",
  "api/.+\\.ts",
  "(rules|store|flows|routes)(\\.ts|/.+\\.ts)",
  "(engine|flow-text|teaching)/(README\\.md|.+\\.ts)",
  "(single|host)/(README\\.md|.+\\.ts)",
  "(plan|places|travel|courier|labels|evening|simulation)/(README\\.md|.+\\.ts)",
  "training[\\w-]*\\.ts",
  "adapters/.+\\.ts",
  "migrations/\\d{3}_[a-z0-9_]+\\.sql",
  "messages/(de|en)(\\.ts|/.+\\.ts)",
  "panels/.+\\.(tsx?|css)",
  "([\\w-]+/)*[\\w.-]+\\.test\\.tsx?",
  "fixtures/.+",
];
const allowed = new RegExp(`^(${ALLOWED.join("|")})$`);
const REQUIRED = ["skill.ts", "README.md"];
const SKILL_LINES = 80;

/** An engine that stands before its skill has no manifest yet: it is a library, and its README says for what. */
function requiredOf(names: readonly string[]): readonly string[] {
  return names.every((name) => name.startsWith("engine/")) ? ["engine/README.md"] : REQUIRED;
}

/** A skill holds only the files of the table, always its manifest and its README, and the manifest stays short. */
export const skillFiles: Rule = (files) => {
  const skills = new Map<string, string[]>();
  for (const { path } of files) {
    const [, id, rest] = /^src\/skills\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (id && rest) skills.set(id, [...(skills.get(id) ?? []), rest]);
  }
  const faults = [...skills].flatMap(([id, names]) => [
    ...names
      .filter((name) => !allowed.test(name))
      .map((name) => ({
        path: `src/skills/${id}/${name}`,
        message: "is no kind of file that a skill has (design.md, the table of a skill)",
      })),
    ...requiredOf(names)
      .filter((name) => !names.includes(name))
      .map((name) => ({
        path: `src/skills/${id}`,
        message: `has no ${name}`,
      })),
  ]);
  const long = files.filter(
    ({ path, lineCount }) => /^src\/skills\/[^/]+\/skill\.ts$/.test(path) && lineCount > SKILL_LINES,
  );
  return [
    ...faults,
    ...long.map(({ path, lineCount }) => ({
      path,
      message: `has ${lineCount} lines; a manifest is a table of contents (<= ${SKILL_LINES})`,
    })),
  ];
};
