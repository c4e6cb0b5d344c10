export { checkPack } from "./check.ts";
export { fill, isFit, isUnfilled } from "./fill.ts";
export type { Pack, PackFault, PackFiles } from "./pack.ts";
export { readPack } from "./read-pack.ts";
