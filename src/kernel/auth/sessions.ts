import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Kernel } from "../kernel.ts";
import type { SignIn } from "./sign-in.ts";

export interface SessionUser {
  userId: string;
  name: string;
  email: string;
}

export interface Sessions {
  /** Who is signed in by this request's cookie; null for nobody. */
  find(request: FastifyRequest): Promise<SessionUser | null>;
  /** Forgets what was remembered: after a sign-out or a new password. */
  forget(): void;
}

/** A desk asks many times a minute; another process notices a sign-out after this time. */
const CACHE_MS = 5_000;
const CACHE_ENTRIES = 2_000;
const COOKIE = /(?:^|;\s*)((?:__Secure-)?augenhoehe\.session_token=[^;]+)/;

export function openSessions(kernel: Kernel, signIn: SignIn): Sessions {
  const known = new Map<string, { user: SessionUser; until: number }>();
  return {
    async find(request) {
      const cookie = COOKIE.exec(request.headers.cookie ?? "")?.[1];
      if (!cookie) return null;
      const key = createHash("sha256").update(cookie).digest("base64");
      const now = kernel.clock.now();
      const entry = known.get(key);
      if (entry && entry.until > now) return entry.user;
      const user = await signIn.session(new Headers({ cookie }));
      known.delete(key);
      if (user) known.set(key, { user, until: now + CACHE_MS });
      if (known.size > CACHE_ENTRIES) known.clear();
      return user;
    },
    forget: () => known.clear(),
  };
}
