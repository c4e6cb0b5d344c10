import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { openMessageLinks } from "../dialogue/message-links.ts";
import { AppError } from "../errors.ts";
import { type RateRule, rateLimiter } from "../http/limits.ts";
import { TooManyRequests } from "../http/problem.ts";
import { type Catalogue, type Language, translate } from "../i18n/catalogue.ts";
import type { Kernel } from "../kernel.ts";
import { withdrawConsent } from "./grants.ts";

/**
 * POST /u/TOKEN withdraws one grant, without a password and without a question: what mail programs call for their
 * "unsubscribe" (RFC 8058). GET only asks, because programs that look for viruses open every link.
 */

/** RFC 8058 section 3.2: "List-Unsubscribe=One-Click", as a form. */
const BODY_BYTES = 4 * 1024;
const POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const messages: Catalogue = {
  de: {
    title: "Abmelden",
    ask: {
      sie: "Möchten Sie diese Hinweise von {company} nicht mehr bekommen?",
      du: "Möchtest du diese Hinweise von {company} nicht mehr bekommen?",
    },
    act: "Abmelden",
    done: {
      sie: "Erledigt: Sie bekommen diese Hinweise von {company} nicht mehr.",
      du: "Erledigt: Du bekommst diese Hinweise von {company} nicht mehr.",
    },
  },
  en: {
    title: "Unsubscribe",
    ask: "Do you want no more of these notices from {company}?",
    act: "Unsubscribe",
    done: "Done: you will get no more of these notices from {company}.",
  },
};

/** One permission: a mail program that tries again. Looking and pressing are counted apart. */
const ONE_TOKEN: RateRule = { burst: 10, perMinute: 10 };
/** One address with tokens that are not ours; a mail provider that presses for many people is never refused for them. */
const STRANGE_TOKENS: RateRule = { burst: 30, perMinute: 6 };

type TokenRequest = FastifyRequest<{ Params: { token: string } }>;

export function registerOneClick(app: FastifyInstance, kernel: Kernel): void {
  const byToken = rateLimiter(ONE_TOKEN, kernel.clock);
  const byStranger = rateLimiter(STRANGE_TOKENS, kernel.clock);
  /** @throws TooManyRequests; AppError not_found for a token that we did not sign */
  async function placeOf(request: TokenRequest): Promise<GrantRow> {
    const { token } = request.params;
    const place = await grantOf(kernel, token);
    // Only what was refused anyway counts against the address: a withdrawal never waits for somebody else's tries.
    const wait = place ? byToken.take(`${request.method} ${token}`) : byStranger.take(request.ip);
    if (wait !== null) throw new TooManyRequests(wait);
    if (!place) throw new AppError("not_found");
    return place;
  }
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_BYTES }, (_request, _body, done) =>
      done(null, null),
    );
    scope.get("/u/:token", async (request: TokenRequest, reply) => {
      const place = await placeOf(request);
      const form = `<form method="post"><button>${escapeHtml(await say(kernel, place, "act"))}</button></form>`;
      return page(reply, place.language, {
        title: await say(kernel, place, "title"),
        text: await say(kernel, place, "ask"),
        form,
      });
    });
    scope.post("/u/:token", async (request: TokenRequest, reply) => {
      const place = await placeOf(request);
      const { tenantId, contactId, channelId, purpose, topic } = place;
      await kernel.db.tenant(tenantId, (tx) =>
        withdrawConsent(tx, {
          tenantId,
          contactIds: [contactId],
          channelId,
          purpose,
          topic,
          how: "list_unsubscribe",
          now: kernel.clock.now(),
        }),
      );
      return page(reply, place.language, {
        title: await say(kernel, place, "title"),
        text: await say(kernel, place, "done"),
        form: "",
      });
    });
  });
}

interface GrantRow {
  tenantId: number;
  contactId: number;
  channelId: number;
  purpose: string;
  topic: string;
  language: Language;
}

/** @returns null for a token that we did not sign, found without asking the database */
async function grantOf(kernel: Kernel, token: string): Promise<GrantRow | null> {
  const place = (await openMessageLinks(kernel)).grantOf(token);
  if (!place) return null;
  const { rows } = await kernel.db.node.query<GrantRow>(
    `select g.tenant_id as "tenantId", g.contact_id as "contactId", g.channel_id as "channelId", g.purpose, g.topic, t.language
      from kernel.consent_grant g join kernel.consent_text t on t.tenant_id = g.tenant_id and t.hash = g.text_hash
      where g.tenant_id = $1 and g.id = $2`,
    [place.tenantId, place.grantId],
  );
  return rows[0] ?? null;
}

async function say(kernel: Kernel, { tenantId, language }: GrantRow, key: string): Promise<string> {
  const { formOfAddress, name } = await kernel.profile(tenantId);
  return translate(messages, { language, form: formOfAddress }, key, { company: name });
}

function page(
  reply: FastifyReply,
  language: Language,
  { title, text, form }: { title: string; text: string; form: string },
): FastifyReply {
  return reply
    .header("content-security-policy", POLICY)
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(
      `<!doctype html><html lang="${language}"><head><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${form}</main></body></html>`,
    );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
