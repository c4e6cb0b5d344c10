export { applyTransaction } from "./apply.ts";
export type { Profile } from "./genesis.ts";
