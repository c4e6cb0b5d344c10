import { acknowledge } from "./acknowledge.ts";
import { ceiling } from "./ceiling.ts";
import { diskGrowth } from "./disk-growth.ts";
import { endToEnd } from "./end-to-end.ts";
import type { Figure } from "./figure.ts";
import { flood } from "./flood.ts";
import { highestRate } from "./highest-rate.ts";
import { idleMemory } from "./idle-memory.ts";
import { killNode, killPostgres } from "./kills.ts";
import { modelMemory } from "./model-memory.ts";
import { webSizes } from "./web-sizes.ts";

/** The table of the first issue, in the order in which it is measured (the big data folder is opened once). */
export const figures: readonly Figure[] = [
  webSizes,
  idleMemory,
  modelMemory,
  ceiling,
  flood,
  killNode,
  killPostgres,
  acknowledge,
  endToEnd,
  highestRate,
  diskGrowth,
];
