import { request } from "node:https";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { HERE_PATH, proofOf } from "#kernel";
import { world } from "#kernel/testing";
import { startWeb } from "../../src/main.ts";
import { startAcme } from "../../src/simulator/acme.ts";

/** A node that serves its domain itself, from the order of the certificate to a request over https. */

const DOMAIN = "chat.firma.example";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

function get(
  path: string,
  at: { port: number; ca: string },
): Promise<{ status: number; text: string; hsts: unknown }> {
  return new Promise((done, fail) => {
    const asked = request(
      { host: "127.0.0.1", servername: DOMAIN, headers: { host: DOMAIN }, path, agent: false, ...at },
      (reply) => {
        let text = "";
        reply.on("data", (part) => {
          text += String(part);
        });
        const { statusCode: status = 0, headers } = reply;
        reply.on("end", () => done({ status, text, hsts: headers["strict-transport-security"] }));
      },
    );
    asked.on("error", fail).end();
  });
}

test("a node gets its certificate, serves https, proves that it is itself, and leads http there", async () => {
  const node = await world();
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const authority = await startAcme({ port: 0, challengeAt: { host: "127.0.0.1", port: httpPort } });
  Object.assign(node.kernel.config, {
    port: 0,
    publicUrl: `https://${DOMAIN}`,
    tlsDomain: DOMAIN,
    tlsHost: "127.0.0.1",
    httpPort,
    httpsPort,
    acmeDirectory: authority.directory,
  });
  const web = await startWeb(node.kernel);
  try {
    const at = { port: httpsPort, ca: authority.root };
    await expect
      .poll(
        () =>
          get("/health", at).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 30_000 },
      )
      .toBe(200);
    const here = await get(`${HERE_PATH}abcdefgh12345678`, at);
    expect(here.text).toBe(await proofOf(node.kernel, "abcdefgh12345678"));
    expect(here.hsts).toBe("max-age=31536000");
    const led = await fetch(`http://127.0.0.1:${httpPort}/c/firma`, { redirect: "manual" });
    expect(led.headers.get("location")).toBe(`https://${DOMAIN}:${httpsPort}/c/firma`);
  } finally {
    await web.close();
    await authority.close();
    await node.close();
  }
});
