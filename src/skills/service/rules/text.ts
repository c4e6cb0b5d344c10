export { fold, tokens } from "../engine/index.ts";
