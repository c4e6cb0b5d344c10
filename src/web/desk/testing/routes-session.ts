import { z } from "zod";
import { contract, me, setup, setupState } from "#kernel/api";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";

export const password = "moin-moin-2026";
const cookie = "fake-session=1";

const signInRoute = contract({
  method: "POST",
  path: "/api/auth/sign-in/email",
  tag: "Session",
  access: "public",
  summary: "",
  body: z.object({ email: z.string(), password: z.string() }),
  reply: z.object({ token: z.string() }),
});
const signOutRoute = contract({
  method: "POST",
  path: "/api/auth/sign-out",
  tag: "Session",
  access: "public",
  summary: "",
  body: z.object({}),
  reply: z.object({ success: z.boolean() }),
});
const file = contract({
  method: "GET",
  path: "/api/v1/files/:id",
  tag: "Files",
  access: "staff",
  summary: "",
  params: z.object({ id: z.string() }),
  reply: z.unknown(),
});
const upload = contract({
  method: "POST",
  path: "/api/v1/files",
  tag: "Files",
  access: "staff",
  summary: "",
  reply: z.object({ fileId: z.string(), mime: z.string(), size: z.number() }),
});

const lid =
  '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="180" viewBox="0 0 400 180"><path d="M30 150c20-110 320-110 340 0z" fill="#8f3523" stroke="#11252c" stroke-width="4"/><path d="M270 90l20 20-14 6 18 22" fill="none" stroke="#fff" stroke-width="5"/><path d="M10 150h380" stroke="#11252c" stroke-width="5"/></svg>';

export const sessionRoutes = [
  on(signInRoute, (_world, { body, response }) => {
    if (body.password !== password) throw new Refusal(401, "INVALID_EMAIL_OR_PASSWORD");
    response.setHeader("set-cookie", `${cookie}; Path=/; HttpOnly`);
    return { token: "fake" };
  }),
  on(signOutRoute, (_world, { response }) => {
    response.setHeader("set-cookie", "fake-session=; Path=/; Max-Age=0");
    return { success: true };
  }),
  on(setupState, () => ({ needed: false, demo: { email: "jana@hansekontor.example" } })),
  on(setup, () => ({ ok: true as const })),
  on(me, (world, { request }) => {
    if (!request.headers.cookie?.includes(cookie)) throw new Refusal(401, "not_signed_in");
    const { id, name, slug } = world.company;
    return {
      user: { id: "jana", name: "Jana Petersen", email: "jana@hansekontor.example" },
      role: "owner" as const,
      company: { id, name, slug },
      companies: [
        { id, name, role: "owner" as const },
        { id: 2, name: "Stadtwerke Beispielhafen", role: "agent" as const },
      ],
    };
  }),
  on(file, (_world, { response }) => {
    response.writeHead(200, { "content-type": "image/svg+xml" });
    response.end(lid);
    return {};
  }),
  on(upload, (_world, { request, body }) => ({
    fileId: "uploaded",
    mime: request.headers["content-type"] ?? "application/octet-stream",
    size: (body as unknown as Buffer).length,
  })),
];
