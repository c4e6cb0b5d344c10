import { type Kernel, stepTimers, type TimerSteps } from "#kernel";
import type { BackgroundWork } from "../engine/index.ts";
import { deliveryTimers } from "../jobs.ts";
import { work } from "../plan/improve-process.ts";
import { type Room, roomOf } from "../plan/room.ts";
import { ASK_WELL, IMPROVE } from "../rules/timer-kinds.ts";
import { afterTimers } from "../store/after/timers.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** A node whose clock the simulation moves: what is due runs when it is due, one after the other. */

export interface StageOptions {
  readonly kernel: Kernel;
  readonly clock: VirtualClock;
  /** Null: windows come from insertion alone. */
  readonly background: BackgroundWork | null;
  /** CPU seconds of this thread so far. */
  cpuSeconds(): number;
  /** Aborted, the simulation ends at the next step. */
  readonly signal: AbortSignal;
}

export class Stage {
  readonly kernel: Kernel;
  readonly clock: VirtualClock;
  readonly room: Room;
  /** What went wrong in a timer; the product tries it again, the simulation says so. */
  readonly faults: string[] = [];
  /** CPU seconds of the optimiser. */
  optimiser_s = 0;
  readonly #timers: TimerSteps;
  readonly #improver: TimerSteps;
  readonly #signal: AbortSignal;

  constructor({ kernel, clock, background, cpuSeconds, signal }: StageOptions) {
    this.kernel = kernel;
    this.clock = clock;
    this.#signal = signal;
    this.room = roomOf(kernel);
    const { every, tries } = background ?? { every: 0, tries: 0 };
    const { [IMPROVE]: improve, ...timers } = deliveryTimers(kernel, this.room, async (order) => {
      const from = cpuSeconds();
      // Iterations alone end it: the same plan on every machine.
      const improved = work({ ...order, iterations: every * tries, cpu_s: Number.POSITIVE_INFINITY });
      this.optimiser_s += cpuSeconds() - from;
      return improved;
    });
    // The question of the next morning changes nothing that is measured here.
    const { [ASK_WELL]: _, ...after } = afterTimers(kernel, this.room.promises);
    this.#timers = stepTimers(kernel, this.#watched({ ...timers, ...after }));
    this.#improver = stepTimers(kernel, this.#watched(improve ? { [IMPROVE]: improve } : {}));
  }

  /** The clock goes on to a moment, and stops on the way wherever a timer is due. @throws AbortError */
  async goTo(ms: number): Promise<void> {
    for (;;) {
      this.#signal.throwIfAborted();
      const next = await this.#timers.nextAt();
      if (next > ms) break;
      this.clock.goTo(next);
      await this.#timers.runNext();
    }
    this.clock.goTo(ms);
  }

  /** On to the next timer. @returns false where none waits */
  async goOn(): Promise<boolean> {
    const next = await this.#timers.nextAt();
    if (!Number.isFinite(next)) return false;
    await this.goTo(next);
    return true;
  }

  /** The optimiser looks at what was booked since the last time, to its end. */
  async improve(): Promise<void> {
    const at = await this.#improver.nextAt();
    if (!Number.isFinite(at)) return;
    await this.goTo(at);
    await this.#improver.runNext();
  }

  #watched(handlers: Handlers): Handlers {
    return Object.fromEntries(
      Object.entries(handlers).map(([kind, handler]) => {
        const run = typeof handler === "function" ? handler : handler.run;
        const watched: typeof run = async (timer) => {
          try {
            await run(timer);
          } catch (error) {
            this.faults.push(`${kind}: ${(error as Error).message}`);
            throw error;
          }
        };
        return [kind, watched];
      }),
    );
  }
}

type Handlers = ReturnType<typeof deliveryTimers>;
