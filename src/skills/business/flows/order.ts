import type { Effect } from "#kernel";
import type { KnownQuotation } from "../rules/known.ts";
import { namesNumber, readAnswer, readYesNo } from "../rules/speech.ts";
import { verdictOn } from "../rules/states.ts";
import { ACCEPT, DECLINE, REFUSE } from "../rules/timer-kinds.ts";
import { optionId, type Tap } from "./option-ids.ts";
import { day, later, money, type Scene, words } from "./scene.ts";

/** An order takes two turns: what would be ordered is said back, and only a yes to that orders. */

export const ORDER = "order";
export const REASON = "reason";
const MOST_OFFERED = 9;

/** @returns null when the message is nothing about a quotation */
export function decideOrder(scene: Scene, tap: Tap | null): readonly Effect[] | null {
  if (tap) return tapped(scene, tap);
  const waiting = continued(scene);
  if (waiting) return waiting;
  const answer = readAnswer(scene.text);
  if (!answer || scene.turn.late) return null;
  const found = candidates(scene);
  if (found.length === 0) return null;
  if (found.length > 1) return which(scene, found);
  const [quotation] = found as [KnownQuotation];
  return answer === "accept" ? askForYes(scene, quotation) : askForReason(scene, quotation);
}

function tapped(scene: Scene, tap: Tap): readonly Effect[] | null {
  const { act, id, version } = tap;
  const open = scene.world.quotations.find((one) => one.id === id && one.companyId === scene.companyId);
  if (act === "cancel") return cancelled(scene, open);
  if (act === "no_reason") return decline(scene, { id, version, reason: "" });
  if (act === "confirm") return confirm(scene, { id, version });
  if (act !== "order" && act !== "decline") return null;
  // Replaced, withdrawn, ordered, or never theirs: the job knows, and says what holds.
  if (!open || open.version !== version) return [later(scene, REFUSE, { quotationId: id, version })];
  return act === "order" ? askForYes(scene, open) : askForReason(scene, open);
}

/** The next message after a question of ours. */
function continued(scene: Scene): readonly Effect[] | null {
  const { flow } = scene.turn.conversation;
  if (flow?.skill !== "business" || scene.turn.late) return null;
  const id = Number(flow.data.quotationId);
  const version = Number(flow.data.version);
  if (flow.flow === REASON)
    return readYesNo(scene.text) === "no"
      ? decline(scene, { id, version, reason: "" })
      : decline(scene, { id, version, reason: scene.text });
  if (flow.flow !== ORDER) return null;
  const answer = readYesNo(scene.text);
  if (answer === "yes") return confirm(scene, { id, version });
  if (answer === "no")
    return cancelled(
      scene,
      scene.world.quotations.find((one) => one.id === id),
    );
  return null;
}

/**
 * The one that is named; else those of this conversation; else those of the company. Open ones before those that ran out.
 * A mail's sender can be forged: by mail only what was sent in this very conversation can be ordered.
 */
function candidates({ world, companyId, text, turn }: Scene): readonly KnownQuotation[] {
  const isMail = turn.channel.kind === "email";
  const own = world.quotations.filter(
    (one) => one.companyId === companyId && (!isMail || one.conversationId === turn.conversation.id),
  );
  const named = own.filter(({ number }) => namesNumber(text, number));
  const here = own.filter(({ conversationId }) => conversationId === turn.conversation.id);
  const pool = [named, here, own].find((some) => some.length > 0) ?? [];
  const open = pool.filter(({ state }) => state === "sent");
  return open.length > 0 ? open : pool.slice(-1);
}

function which(scene: Scene, found: readonly KnownQuotation[]): readonly Effect[] {
  const options = found.slice(-MOST_OFFERED).map((one) => ({
    id: optionId("order", one.id, one.version),
    title: one.number,
    description: money(scene, one.netCents, one.currency),
  }));
  return [{ do: "say", text: words(scene, "which"), options }];
}

function askForYes(scene: Scene, quotation: KnownQuotation): readonly Effect[] {
  const { id, version, number, netCents, grossCents, currency, lines, delivery } = quotation;
  if (verdictOn(quotation, scene, scene.today) !== "yes")
    return [later(scene, REFUSE, { quotationId: id, version }), { do: "endFlow" }];
  return [
    {
      do: "ask",
      flow: ORDER,
      step: "confirm",
      data: { quotationId: id, version },
      text: words(scene, "confirmAsk", {
        number,
        version,
        lines,
        net: money(scene, netCents, currency),
        gross: money(scene, grossCents, currency),
        delivery: delivery === "" ? "" : words(scene, "confirmDelivery", { delivery }),
      }),
      options: [
        { id: optionId("confirm", id, version), title: words(scene, "optionConfirm") },
        { id: optionId("cancel", id, version), title: words(scene, "optionCancel") },
      ],
    },
  ];
}

/** What is true when it is done is looked up with the quotation locked; the answer follows from there. */
function confirm(scene: Scene, of: { id: number; version: number }): readonly Effect[] {
  return [later(scene, ACCEPT, { quotationId: of.id, version: of.version }), { do: "endFlow" }];
}

function cancelled(scene: Scene, quotation: KnownQuotation | undefined): readonly Effect[] {
  if (!quotation) return [{ do: "endFlow" }];
  return [
    { do: "say", text: words(scene, "cancelled", { day: day(scene, quotation.validUntil) }) },
    { do: "endFlow" },
  ];
}

function askForReason(scene: Scene, { id, version, ...quotation }: KnownQuotation): readonly Effect[] {
  if (verdictOn(quotation, scene, scene.today) === "not_allowed")
    return [later(scene, REFUSE, { quotationId: id, version }), { do: "endFlow" }];
  return [
    {
      do: "ask",
      flow: REASON,
      step: "reason",
      data: { quotationId: id, version },
      text: words(scene, "declineAsk"),
      options: [{ id: optionId("no_reason", id, version), title: words(scene, "optionNoReason") }],
    },
  ];
}

function decline(scene: Scene, of: { id: number; version: number; reason: string }): readonly Effect[] {
  const { id: quotationId, version, reason } = of;
  return [later(scene, DECLINE, { quotationId, version, reason: reason.slice(0, 1_000) }), { do: "endFlow" }];
}
