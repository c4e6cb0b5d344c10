import { callbackTimers } from "../desk/callbacks.ts";
import type { Files } from "../files/files.ts";
import { mediaTimers } from "../files/media-fetch.ts";
import type { Kernel } from "../kernel.ts";
import { portalTimers } from "../portal/send-link.ts";
import type { TimerHandlers } from "./timers.ts";

/** Every timer of the kernel's own rooms. */
export function kernelTimers(kernel: Kernel, files: Files): TimerHandlers {
  return { ...callbackTimers(kernel), ...mediaTimers(kernel, files), ...portalTimers(kernel) };
}
