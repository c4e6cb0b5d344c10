import type { betterAuth } from "better-auth";
import { Kysely, PostgresDialect } from "kysely";
import { randomToken } from "../ids.ts";
import type { Kernel } from "../kernel.ts";

/** Sessions of staff by e-mail and password. The library loads at the first use: an idle node saves 22 MB. */
export interface SignIn {
  /** Answers a request below /api/auth. */
  handle(request: Request): Promise<Response>;
  /** Whose session these headers carry; null for none, an expired or a forged one. */
  session(headers: Headers): Promise<{ userId: string; name: string; email: string } | null>;
}

/** better-auth's part of our addresses. */
export const AUTH_PATH = "/api/auth";
const SESSION_SECONDS = 30 * 86_400;
/** A session in use is prolonged once a day. */
const PROLONG_SECONDS = 86_400;
export const PASSWORD_CHARACTERS = { least: 10, most: 200 };

type Library = ReturnType<typeof load>;

export function openSignIn(kernel: Kernel): SignIn {
  let library: Library | undefined;
  function ready(): Library {
    library ??= load(kernel).catch((error) => {
      library = undefined; // the database was away: the next request tries again
      throw error;
    });
    return library;
  }
  return {
    handle: async (request) => (await ready()).handler(request),
    async session(headers) {
      const found = await (await ready()).api.getSession({ headers });
      return found && { userId: found.user.id, name: found.user.name, email: found.user.email };
    },
  };
}

async function load(kernel: Kernel): Promise<ReturnType<typeof betterAuth<ReturnType<typeof options>>>> {
  const [{ betterAuth }, secret] = await Promise.all([import("better-auth"), sessionSecret(kernel)]);
  return betterAuth(options(kernel, secret));
}

function options(kernel: Kernel, secret: string) {
  const isHttps = kernel.config.publicUrl.startsWith("https:");
  return {
    secret,
    basePath: AUTH_PATH,
    // The bridge gives every request our own origin (auth/bridge.ts), so that this is only the default.
    baseURL: kernel.config.publicUrl || `http://${kernel.config.host}:${kernel.config.port}`,
    trustedOrigins: (request?: Request) => (request ? [new URL(request.url).origin] : []),
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool: kernel.db.node }) }),
      type: "postgres" as const,
      schemaName: "auth",
      transaction: true,
    },
    emailAndPassword: {
      enabled: true,
      // Staff are invited; the first owner comes by POST /api/v1/setup.
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARACTERS.least,
      maxPasswordLength: PASSWORD_CHARACTERS.most,
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: PROLONG_SECONDS },
    // Counted by us, with Retry-After and by account too (auth/bridge.ts).
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "augenhoehe",
      useSecureCookies: isHttps,
      // Addresses of staff are nobody's business.
      ipAddress: { disableIpTracking: true },
    },
    telemetry: { enabled: false },
    logger: {
      level: "error" as const,
      // Only the sentence: further arguments may hold what a person typed.
      log: (_level: string, message: string) => kernel.log.warn({ part: "sign-in" }, message),
    },
  };
}

/** What cookies are signed with: made by whichever process asks first. */
async function sessionSecret(kernel: Kernel): Promise<string> {
  await kernel.db.node.query(
    "insert into auth.secret (name, value) values ('session', $1) on conflict (name) do nothing",
    [randomToken(48)],
  );
  const { rows } = await kernel.db.node.query<{ value: string }>(
    "select value from auth.secret where name = 'session'",
  );
  return rows[0]?.value ?? "";
}
