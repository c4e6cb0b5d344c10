import { Resolver } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { connect } from "node:tls";
import { Agent, request } from "undici";
import type { Echo } from "./domain.ts";

/** What the checks ask the world; tests put something else in its place. */
export interface Outside {
  /** A and AAAA records, or the name service's fault. */
  records(domain: string): Promise<string[] | string>;
  ownAddresses(): string[];
  /** Asks an address for a text that only we would answer; certificates are judged elsewhere. */
  echo(url: string, wanted: string): Promise<Echo>;
  /** The Date header, ms since the epoch; null when nobody answers. */
  dateAt(url: string): Promise<number | null>;
  served(domain: string, port: number): Promise<{ until: number; fault: string } | null>;
}

const DNS_MS = 3_000;
const ASK_MS = 6_000;

export const outside: Outside = {
  async records(domain) {
    const resolver = new Resolver({ timeout: DNS_MS, tries: 2 });
    const asked = await Promise.allSettled([resolver.resolve4(domain), resolver.resolve6(domain)]);
    const found = asked.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    if (found.length > 0) return found;
    const [first] = asked;
    return first?.status === "rejected" ? ((first.reason as { code?: string }).code ?? "EDNS") : [];
  },
  ownAddresses: () =>
    Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? [])
        .filter(({ internal, address }) => !internal && !address.startsWith("fe80"))
        .map(({ address }) => address),
    ),
  async echo(url, wanted) {
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false, timeout: ASK_MS } });
    try {
      const limits = { headersTimeout: ASK_MS, bodyTimeout: ASK_MS };
      const { statusCode, body } = await request(url, { dispatcher, ...limits });
      const text = (await body.text()).slice(0, 1_000);
      return statusCode === 200 && text.trim() === wanted ? { kind: "here" } : { kind: "other" };
    } catch (error) {
      return { kind: "silent", code: (error as { code?: string }).code ?? "no answer" };
    } finally {
      await dispatcher.destroy();
    }
  },
  async dateAt(url) {
    try {
      const { headers, body } = await request(url, {
        method: "HEAD",
        headersTimeout: ASK_MS,
        bodyTimeout: ASK_MS,
      });
      await body.dump();
      const at = Date.parse(String(headers.date));
      return Number.isNaN(at) ? null : at;
    } catch {
      return null;
    }
  },
  served: (domain, port) =>
    new Promise((done) => {
      const socket = connect(
        { host: domain, port, servername: domain, rejectUnauthorized: false, timeout: ASK_MS },
        () => {
          const until = Date.parse(socket.getPeerCertificate().valid_to);
          const fault = socket.authorized ? "" : String(socket.authorizationError ?? "not trusted");
          socket.destroy();
          done(Number.isNaN(until) ? null : { until, fault });
        },
      );
      socket.on("timeout", () => socket.destroy(new Error("timeout")));
      socket.on("error", () => done(null));
    }),
};
