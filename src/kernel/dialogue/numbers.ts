import type { Kernel } from "../kernel.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import { type ChannelQuota, type Claimed, isNotice } from "./outbox.ts";
import { concurrencyOf, Pace, rateOf } from "./pace.ts";

/** The numbers a sender owns: whose turn it is, and how much each may send now. */

const CLAIM_PER_CHANNEL = 64;
/** What a number may have at first: many numbers at once get a little each, so that one claim serves them all. */
const FIRST_TURN = 4;

/** Turns given out for each send that may begin; the claim itself takes no more than may begin. */
const OVERBOOKED = 4;

export interface NumberState {
  pace: Pace;
  perSecond: number;
  /** Claimed and not sent yet. */
  claimed: number;
  inFlight: number;
  pausedUntil: number;
}

export class SendingNumbers {
  private readonly kernel: Kernel;
  /** Numbers with something to send, in the order of their turns -> how much each may have next. */
  private readonly hot = new Map<number, number>();
  private readonly states = new Map<number, NumberState>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** Numbers that have, or may have, something to send. */
  get waiting(): number {
    return this.hot.size;
  }

  heat(channelId: number): void {
    if (!this.hot.has(channelId)) this.hot.set(channelId, FIRST_TURN);
  }

  /** @param room sends that may begin in the whole process. @returns who may claim how much now, `now` in ms */
  quotas(room: number, now: number): ChannelQuota[] {
    const quotas: ChannelQuota[] = [];
    // Most numbers have less than they may send: what is set aside for one may serve another.
    let left = OVERBOOKED * room;
    for (const [channelId, turn] of this.hot) {
      if (left <= 0) break;
      const account = this.kernel.registry.account(channelId);
      const adapter = account && this.kernel.adapters.get(account.kind);
      if (!account || !adapter) {
        this.hot.delete(channelId);
        continue;
      }
      const state = this.stateOf(channelId, account, now);
      if (state.pausedUntil > now) {
        // The next scan finds it again: nobody looks at it a hundred times a second until then.
        this.hot.delete(channelId);
        continue;
      }
      const free = state.pace.room(now);
      const quota = Math.min(
        free.all - state.claimed,
        concurrencyOf(adapter.limits, state.perSecond) - state.inFlight,
        turn,
        room,
      );
      if (quota <= 0) continue;
      left -= quota;
      quotas.push({ channelId, quota, notices: Math.min(quota, Math.max(0, free.notices - state.claimed)) });
    }
    // Who had a turn stands at the end of the line: a flood of some takes nobody's place.
    for (const { channelId } of quotas) {
      const turn = this.hot.get(channelId) ?? FIRST_TURN;
      this.hot.delete(channelId);
      this.hot.set(channelId, turn);
    }
    return quotas;
  }

  /** What a claim brought says who goes on, with a larger turn, and who has nothing more. */
  cool(quotas: readonly ChannelQuota[], claim: { rows: readonly Claimed[]; room: number }): void {
    const rows = Map.groupBy(claim.rows, ({ channelId }) => channelId);
    // Where the claim ended for want of room, nobody knows who has more.
    const isCut = claim.rows.length >= claim.room;
    for (const { channelId, quota, notices } of quotas) {
      const got = rows.get(channelId) ?? [];
      // It had all it might have: there is more, so its next turn is larger.
      if (got.length >= quota) this.hot.set(channelId, Math.min(2 * quota, CLAIM_PER_CHANNEL));
      // Notices that keep their pace wait for it here, and not for the next scan.
      else if (!isCut && got.filter(isNotice).length < notices) this.hot.delete(channelId);
    }
  }

  stateOf(channelId: number, account: RegisteredAccount, now: number): NumberState {
    const perSecond = rateOf(account, this.kernel.limitsOf(account.kind)?.perAccountPerSecond ?? 1);
    let state = this.states.get(channelId);
    if (!state) {
      state = { pace: new Pace(perSecond, now), perSecond, claimed: 0, inFlight: 0, pausedUntil: 0 };
      this.states.set(channelId, state);
    } else if (state.perSecond !== perSecond) {
      state.pace = new Pace(perSecond, now);
      state.perSecond = perSecond;
    }
    return state;
  }

  /** Claimed rows hold their place in the number's pace until they leave. */
  claimed(row: Claimed, by: 1 | -1): void {
    const state = this.states.get(row.channelId);
    if (state) state.claimed += by;
  }
}
