/** Values of PostgreSQL settings; a number is passed as it is, so mind PostgreSQL's default unit. */
export type Settings = Readonly<Record<string, string | number>>;

/**
 * What the embedded server runs with. Durability stays on; the rest was measured on the message pipeline
 * (compressed WAL pages doubled the server's CPU, small WAL made it checkpoint all the time).
 */
const defaults: Settings = {
  shared_buffers: "256MB",
  max_connections: 60,
  fsync: "on",
  synchronous_commit: "on",
  wal_compression: "off",
  wal_buffers: "16MB",
  max_wal_size: "8GB",
  min_wal_size: "1GB",
  checkpoint_timeout: "15min",
  jit: "off",
  random_page_cost: 1.1,
  effective_io_concurrency: 64,
  max_parallel_workers_per_gather: 0,
  autovacuum_naptime: "10s",
  // What was in the cache is read back after a restart, before customers have to wait for it.
  shared_preload_libraries: "pg_prewarm",
  // The build has no io_uring.
  io_method: "worker",
  // Every connection is ours, so a pg client that forgets to set it must not see local time.
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  // A failing statement's values are customers' words: keep them out of the log.
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** Settings nobody may override: the socket is the only door, and its folder is the lock on it. */
function fixed(socketDir: string): Settings {
  return {
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    port: SOCKET_PORT,
    logging_collector: "off",
    log_destination: "stderr",
  };
}

/** Only the suffix of the socket's name; nothing listens on TCP. */
export const SOCKET_PORT = 5432;

/** Command-line arguments for `postgres`: defaults, then the caller's settings, then the fixed ones. */
export function settingsArguments(socketDir: string, overrides: Settings = {}): string[] {
  const all = { ...defaults, ...overrides, ...fixed(socketDir) };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
