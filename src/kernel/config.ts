import { totalmem } from "node:os";
import { z } from "zod";

/** @param memory bytes of the machine */
function fitSharedBuffers(memory: number): number {
  return Math.min(4_096, Math.max(128, Math.round(memory / 8 / 1_048_576)));
}

/** Every setting of a node, its unit in its name. Read once from the environment and the command line. */
const schema = z.object({
  dataDir: z.string().min(1),
  databaseUrl: z.string().optional(),
  host: z.string().default("127.0.0.1"),
  port: z.coerce.number().int().min(0).max(65_535).default(4242),
  /** As customers and providers reach us; empty = http://host:port. */
  publicUrl: z.string().default(""),
  /** Behind a proxy that sets X-Forwarded-*. */
  trustProxy: z.stringbool().default(false),
  /** The node serves https for this domain itself, with a certificate by ACME; "" = a proxy does, or nobody. */
  tlsDomain: z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/)
    .or(z.literal(""))
    .default(""),
  /** Address of the doors to the world; "" = all. */
  tlsHost: z.string().default(""),
  httpsPort: z.coerce.number().int().min(0).max(65_535).default(443),
  /** Where challenges are answered; the world reaches it as port 80. */
  httpPort: z.coerce.number().int().min(0).max(65_535).default(80),
  acmeDirectory: z.url().default("https://acme-v02.api.letsencrypt.org/directory"),
  /** For the authority's notices; "" = none. */
  acmeEmail: z.email().or(z.literal("")).default(""),
  /** 1 = everything in one process (small installation), 2 = ingest and pump apart. */
  processes: z.coerce.number().int().min(1).max(2).default(2),
  /** Raw webhooks are kept this long, then dropped by partition. */
  inboxKeepMinutes: z.coerce.number().int().min(4).default(1440),
  /** A doubtful send waits this long for its receipt before it is sent again. */
  doubtfulWaitSeconds: z.coerce.number().int().min(1).default(20),
  /** Memory of loaded classifier models. */
  modelCacheMegabytes: z.coerce.number().int().min(8).default(400),
  /** PostgreSQL's own cache; an eighth of the machine's memory, between 128 MB and 4 GB, unless told otherwise. */
  sharedBuffersMegabytes: z.coerce.number().int().min(16).default(fitSharedBuffers(totalmem())),
  /** Hosts of sources of notices that may have a private address: `host` or `host:port`, parted by commas. */
  sourceHosts: z.string().default(""),
  /** The same for the services that companies' flows ask. Apart from sources, because they are posted to as well. */
  serviceHosts: z.string().default(""),
  /** Where nightly backups go: a folder or s3://bucket/prefix; empty = none are made. */
  backupTo: z.string().default(""),
  /** The file with the key of the backups; there is no default key. */
  backupKeyFile: z.string().default(""),
  /** HH:MM on the machine's clock. */
  backupAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "it looks like 02:30")
    .default("02:30"),
  /** So many backups are kept, the newest. */
  backupKeep: z.coerce.number().int().min(1).max(1_000).default(14),
  /** A service that speaks `POST /v1/embeddings`, up to and with the version; empty = none is ever asked. */
  embeddingUrl: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).default(""),
  embeddingModel: z.string().default(""),
  embeddingKey: z.string().default(""),
  /** Short names of the companies whose texts may be sent there, parted by commas. */
  embeddingCompanies: z.string().default(""),
  /** A batch of messages waits so long for it and then goes on without. */
  embeddingTimeoutMs: z.coerce.number().int().min(10).max(2_000).default(150),
  /** A service that is asked where no address list of the company knows a house; empty = none is ever asked. */
  geocoder: z.enum(["", "photon", "nominatim"]).default(""),
  geocoderUrl: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).default(""),
  /** Short names of the companies for which the operator has a licensed institution's statement: they may issue e-money. */
  coinIssuers: z.string().default(""),
  logLevel: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("warn"),
});

export type Config = z.output<typeof schema>;

const ENVIRONMENT: Readonly<Record<keyof Config, string>> = {
  dataDir: "AUGENHOEHE_DATA",
  databaseUrl: "DATABASE_URL",
  host: "HOST",
  port: "PORT",
  publicUrl: "PUBLIC_URL",
  trustProxy: "TRUST_PROXY",
  tlsDomain: "TLS_DOMAIN",
  tlsHost: "TLS_HOST",
  httpsPort: "HTTPS_PORT",
  httpPort: "HTTP_PORT",
  acmeDirectory: "ACME_DIRECTORY",
  acmeEmail: "ACME_EMAIL",
  processes: "AUGENHOEHE_PROCESSES",
  inboxKeepMinutes: "INBOX_KEEP_MINUTES",
  doubtfulWaitSeconds: "DOUBTFUL_WAIT_SECONDS",
  modelCacheMegabytes: "MODEL_CACHE_MEGABYTES",
  sharedBuffersMegabytes: "SHARED_BUFFERS_MEGABYTES",
  sourceHosts: "SOURCE_HOSTS",
  serviceHosts: "SERVICE_HOSTS",
  backupTo: "BACKUP_TO",
  backupKeyFile: "BACKUP_KEY_FILE",
  backupAt: "BACKUP_AT",
  backupKeep: "BACKUP_KEEP",
  embeddingUrl: "EMBEDDING_URL",
  embeddingModel: "EMBEDDING_MODEL",
  embeddingKey: "EMBEDDING_KEY",
  embeddingCompanies: "EMBEDDING_COMPANIES",
  embeddingTimeoutMs: "EMBEDDING_TIMEOUT_MS",
  geocoder: "GEOCODER",
  geocoderUrl: "GEOCODER_URL",
  coinIssuers: "COIN_ISSUERS",
  logLevel: "LOG_LEVEL",
};

/**
 * @param given values from the command line; they win over the environment
 * @throws Error in one sentence that names the setting that is wrong
 */
export function readConfig(
  given: Partial<Record<keyof Config, unknown>>,
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const values: Record<string, unknown> = { dataDir: "./data" };
  for (const [key, name] of Object.entries(ENVIRONMENT))
    if (environment[name]) values[key] = environment[name];
  for (const [key, value] of Object.entries(given)) if (value !== undefined) values[key] = value;
  const result = schema.safeParse(values);
  if (result.success) return { ...result.data, publicUrl: publicUrlOf(result.data) };
  const issue = result.error.issues[0];
  throw new Error(`Setting ${String(issue?.path[0])} is wrong: ${issue ? reasonOf(issue) : ""}.`);
}

/** Whoever serves a domain itself is reached by it. */
function publicUrlOf({ publicUrl, tlsDomain, httpsPort }: Config): string {
  if (publicUrl || !tlsDomain) return publicUrl;
  return httpsPort === 443 || httpsPort === 0 ? `https://${tlsDomain}` : `https://${tlsDomain}:${httpsPort}`;
}

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_small" && issue.origin !== "string") return `it must be at least ${issue.minimum}`;
  if (issue.code === "too_big") return `it must be at most ${issue.maximum}`;
  if (issue.code === "invalid_type" && issue.expected !== "string") return "it must be a whole number";
  return issue.message;
}
