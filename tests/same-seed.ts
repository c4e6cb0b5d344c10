import fc from "fast-check";

/**
 * Property tests draw the same examples in every run, so that a change is judged by what it changed. Whoever wants to
 * look for more says `SEED=random`, or the seed that a report names.
 */
const { SEED = "20261122" } = process.env;
if (SEED !== "random") fc.configureGlobal({ seed: Number(SEED) });
