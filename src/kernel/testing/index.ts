/** What tests of every room use. Not part of a running node. */
export { cloneDatabase, TEMPLATE, testServer } from "./database.ts";
export { type TestTenant, testSettings, type World, type WorldOptions, world } from "./world.ts";
