import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { ChannelAccount } from "#kernel";
import { type Answer, AnswerTooLarge, type Call } from "./door.ts";
import { fetchMedia, MEDIA_MAX_BYTES } from "./fetch-media.ts";

const account: ChannelAccount = {
  id: 1,
  tenantId: 1,
  kind: "whatsapp",
  appId: null,
  address: "77",
  name: "x",
  apiBase: "https://graph.example/v23.0",
  token: "t",
  settings: {},
};
const bytes = Buffer.from("ein Bild");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const about = { url: "https://files.example/1", mime_type: "image/png", sha256, file_size: "8" };

/** A door that answers the two calls in turn and notes where they went. */
function door(first: unknown, second: Buffer | Error = bytes) {
  const calls: string[] = [];
  const open = async (call: Call): Promise<Answer> => {
    calls.push(call.url);
    if (calls.length === 1) return { status: 200, headers: {}, bytes: Buffer.from(JSON.stringify(first)) };
    if (second instanceof Error) throw second;
    return { status: 200, headers: {}, bytes: second };
  };
  return { calls, open };
}

test("a file whose hash fits is handed out, the hash given as hex or as base64", async () => {
  for (const hash of [sha256, sha256.toUpperCase(), Buffer.from(sha256, "hex").toString("base64")]) {
    const { calls, open } = door({ ...about, sha256: hash });
    expect(await fetchMedia(account, "5/6", open)).toEqual({ bytes, mime: "image/png" });
    expect(calls).toEqual([
      "https://graph.example/v23.0/5%2F6?phone_number_id=77",
      "https://files.example/1",
    ]);
  }
});

test("a file that was changed on the way is not", async () => {
  const { open } = door(about, Buffer.from("ein Bilt"));
  await expect(fetchMedia(account, "5", open)).rejects.toThrow("hash");
});

test("a file that says or turns out to be too large is not", async () => {
  const said = door({ ...about, file_size: MEDIA_MAX_BYTES + 1 });
  await expect(fetchMedia(account, "5", said.open)).rejects.toThrow("larger");
  expect(said.calls).toHaveLength(1);
  await expect(fetchMedia(account, "5", door(about, new AnswerTooLarge("x")).open)).rejects.toThrow("larger");
});

test("the token does not travel in the clear, nor to an address that is none", async () => {
  for (const url of ["http://files.example/1", "file:///etc/passwd", "", undefined]) {
    const { calls, open } = door({ ...about, url });
    await expect(fetchMedia(account, "5", open)).rejects.toMatchObject({ code: "media_unavailable" });
    expect(calls).toHaveLength(1);
  }
});
