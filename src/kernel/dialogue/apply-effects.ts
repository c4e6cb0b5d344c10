import { mayContact } from "../consent/gate.ts";
import { translate } from "../i18n/catalogue.ts";
import { messageId } from "../ids.ts";
import type { Effect, Saying } from "../skill.ts";
import { dueAt } from "../tenants/opening-hours.ts";
import { type Content, isPlain, textOf } from "./content.ts";
import { previewOf } from "./preview.ts";
import { addEvent, type ConversationState, type Incoming, type Outcome } from "./state.ts";
import type { SpeakingFlow, TurnParts } from "./turn.ts";

/** What a skill's effects do to the conversation and to what the batch writes. */

const PURPOSE = "service.answer";

export function startWaiting(conversation: ConversationState, parts: TurnParts, since: number): void {
  conversation.waitingSince = since;
  conversation.dueAt = dueAt(parts.profile, since);
}

/** Applies the effects of one turn to the conversation and to what the batch writes. */
export class Applied {
  private readonly incoming: Incoming;
  private readonly message: { id: string; isLate: boolean };
  private readonly outcome: Outcome;
  private readonly parts: TurnParts;
  private speaker: SpeakingFlow | null;
  private sayings: { content: Extract<Content, { type: "text" }>; source: string | undefined }[] = [];
  private stays = false;
  private asks = false;
  private wasHandedOver = false;

  constructor(turn: {
    incoming: Incoming;
    message: { id: string; isLate: boolean };
    outcome: Outcome;
    parts: TurnParts;
    speaker: SpeakingFlow | null;
  }) {
    this.incoming = turn.incoming;
    this.message = turn.message;
    this.outcome = turn.outcome;
    this.parts = turn.parts;
    this.speaker = turn.speaker;
  }

  /** From here on another skill speaks. */
  passTo(speaker: SpeakingFlow): void {
    this.speaker = speaker;
  }

  apply(effect: Exclude<Effect, { do: "start" }>): void {
    const { conversation, account } = this.incoming;
    switch (effect.do) {
      case "say":
        this.say(effect);
        return;
      case "ask":
        this.say(effect);
        if (this.message.isLate || !this.speaker) return;
        this.stays = true;
        this.asks = true;
        conversation.flow = {
          skill: this.speaker.skill,
          flow: effect.flow,
          step: effect.step,
          data: effect.data ?? {},
        };
        return;
      case "handOver":
        this.handOver(effect);
        return;
      case "remember":
        if (effect.topic) conversation.topic = effect.topic;
        if (effect.language) conversation.language = effect.language;
        if (effect.contactName && !this.incoming.contact.name) {
          this.incoming.contact.name = effect.contactName;
          this.incoming.contact.changed = true;
        }
        return;
      case "schedule":
        this.outcome.timers.push({
          tenantId: account.tenantId,
          kind: effect.kind,
          key: effect.key,
          dueAt: effect.dueAt,
          payload: effect.payload ?? {},
        });
        return;
      case "callback":
        this.outcome.callbacks.push({
          tenantId: account.tenantId,
          conversation,
          phone: effect.phone,
          promisedAt: effect.promisedAt,
          until: effect.until ?? null,
          topic: effect.topic,
        });
        // A promise is a case like any other: it stands in the list, due when the call is.
        this.handOver({ do: "handOver", reason: "callback", summary: effect.summary ?? effect.topic });
        conversation.dueAt = effect.until ?? effect.promisedAt;
        return;
      case "emit":
        addEvent(this.outcome, account.tenantId, {
          type: effect.type,
          conversationId: conversation.id,
          ref: effect.ref ?? null,
        });
        return;
      case "keep":
        if (this.message.isLate || !this.speaker || this.stays) return;
        this.stays = true;
        conversation.flow = { skill: this.speaker.skill, flow: "", step: "", data: effect.data };
        return;
      case "endFlow":
        this.stays = false;
    }
  }

  private say(saying: Saying): void {
    const { conversation } = this.incoming;
    const words =
      saying.text ??
      (saying.key && this.speaker
        ? translate(
            this.speaker.catalogue,
            { language: conversation.language, form: this.parts.profile.formOfAddress },
            saying.key,
            saying.values,
          )
        : "");
    const content: Extract<Content, { type: "text" }> = { type: "text", text: words };
    if (saying.options?.length) content.options = saying.options;
    if (saying.card) content.card = saying.card;
    if (saying.link) content.link = saying.link;
    if (saying.imageFileId) content.image = { fileId: saying.imageFileId, mime: "image/*" };
    const last = this.sayings.at(-1);
    // Bubbles are joined: five in a row would burn the pair rate of WhatsApp and the customer's patience.
    if (last && !content.card && isPlain(last.content)) {
      last.content = { ...content, text: `${last.content.text}\n\n${content.text}` };
      last.source = saying.source ?? last.source;
    } else this.sayings.push({ content, source: saying.source });
  }

  handOver(effect: Extract<Effect, { do: "handOver" }>): void {
    const { conversation } = this.incoming;
    const { now } = this.parts;
    conversation.state = "waiting";
    conversation.departmentId = effect.departmentId ?? conversation.departmentId;
    conversation.handOver = {
      reason: effect.reason,
      confidence: effect.confidence ?? null,
      needed: effect.needed ?? null,
      summary: effect.summary,
      at: new Date(now).toISOString(),
    };
    startWaiting(conversation, this.parts, this.incoming.receivedAt);
    this.wasHandedOver = true;
  }

  /** A row of the log that says why; it stands after the words the customer reads. */
  private logHandOver(): void {
    const { conversation, account } = this.incoming;
    const { now } = this.parts;
    const id = messageId(Math.max(now, this.incoming.sentAt), now);
    this.outcome.messages.push({
      tenantId: account.tenantId,
      conversationId: conversation.id,
      id,
      author: "system",
      content: { type: "system", event: "hand_over", text: "" },
      status: "note",
      externalId: null,
      replyTo: this.message.id,
      language: conversation.language,
      detail: { ...conversation.handOver },
      error: null,
      sentAt: now,
      receivedAt: now,
    });
    addEvent(this.outcome, account.tenantId, {
      type: "message.created",
      conversationId: conversation.id,
      messageId: id,
    });
  }

  finish(): void {
    const { conversation } = this.incoming;
    if (!this.stays && !this.message.isLate && !this.speaker?.always) conversation.flow = null;
    for (const saying of this.sayings)
      this.queue(saying.content, {
        ...(saying.source && { source: saying.source }),
        // An answer of the customer is waited for: nobody asks beside it whether that helped.
        ...(this.asks && saying === this.sayings.at(-1) && { asks: true }),
      });
    if (this.wasHandedOver) this.logHandOver();
    if (conversation.state === "bot") conversation.unread = 0;
  }

  /** The gate is asked here, when the answer is queued, and again at the sender's claim. */
  private queue(content: Content, about: { source?: string; asks?: true }): void {
    const { conversation, account, contact, sentAt } = this.incoming;
    const { now } = this.parts;
    const gate = mayContact({
      purpose: PURPOSE,
      basis: { kind: "customer_message", id: this.message.id, at: sentAt },
      contact: { stoppedAt: contact.stoppedAt, erasedAt: contact.erasedAt },
      channel: { active: account.active, windowMs: this.parts.windowMs },
      isTemplate: false,
      now,
    });
    const id = messageId(Math.max(now, sentAt), now);
    const detail: Record<string, unknown> = { ...about };
    if (!gate.allowed) detail.gate = gate.reason;
    this.outcome.messages.push({
      tenantId: account.tenantId,
      conversationId: conversation.id,
      id,
      author: "bot",
      content,
      status: gate.allowed ? "queued" : "failed",
      externalId: null,
      replyTo: this.message.id,
      language: conversation.language,
      detail,
      error: gate.allowed ? null : { code: 0, title: gate.reason },
      purpose: PURPOSE,
      basisMessage: this.message.id,
      sentAt: now,
      receivedAt: now,
    });
    addEvent(this.outcome, account.tenantId, {
      type: "message.created",
      conversationId: conversation.id,
      messageId: id,
    });
    if (!gate.allowed) {
      // The answer may not leave any more: a person looks at it, with a template or by telephone.
      if (conversation.state === "bot")
        this.handOver({ do: "handOver", reason: "late", summary: textOf(this.incoming.content) });
      return;
    }
    conversation.lastMessageAt = Math.max(conversation.lastMessageAt, now);
    // Who takes over wants to read the question, not our sentence about the hand-over.
    if (!this.wasHandedOver) conversation.preview = previewOf(content);
    this.outcome.outbox.push({
      tenantId: account.tenantId,
      id,
      conversation,
      content,
      replyToExternal: null,
      priority: 1,
      purpose: PURPOSE,
      basisId: this.message.id,
      basisAt: sentAt,
    });
  }
}
