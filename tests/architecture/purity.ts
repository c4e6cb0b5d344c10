import { isTest, type Rule } from "./source.ts";

const RULES = /^src\/skills\/[^/]+\/(rules|flows|flow-text|engine)(\.ts$|\/)/;
const OUTSIDE =
  /^(node:(fs|net|http|https|http2|tls|dns|dgram|child_process|worker_threads|cluster)(\/.*)?|pg|kysely|undici)$/;

/** Rules and flows do no I/O; time, chance and data are arguments, so that every run can be repeated. */
export const pureRules: Rule = (files) =>
  files
    .filter(({ path }) => RULES.test(path) && !isTest(path))
    .flatMap(({ path, syntax }) => [
      ...(syntax?.imports ?? [])
        .filter(({ specifier }) => OUTSIDE.test(specifier))
        .map(({ specifier, line }) => ({ path, line, message: `reaches outside (${specifier})` })),
      ...(syntax?.impurities ?? []).map(({ text, line }) => ({
        path,
        line,
        message: `${text}: take time and chance as arguments`,
      })),
    ]);
