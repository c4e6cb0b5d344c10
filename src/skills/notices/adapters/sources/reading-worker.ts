import { parentPort, workerData } from "node:worker_threads";
import { readSource } from "../../rules/feeds/read-source.ts";
import type { ReadingOrder } from "./reading-thread.ts";

/** The thread's whole life: one body, one answer. */
const { kind, bytes, setting } = workerData as ReadingOrder;
parentPort?.postMessage(readSource(kind, bytes, setting));
