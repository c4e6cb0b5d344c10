export { outOfScopeDe } from "./de.ts";
export { outOfScopeEn } from "./en.ts";
