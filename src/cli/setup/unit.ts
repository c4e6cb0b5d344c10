/** The systemd unit: an own user, nothing writable but the data, started again whatever happens. */

export const UNIT_PATH = "/etc/systemd/system/augenhoehe.service";
export const SERVICE_USER = "augenhoehe";

export interface UnitParts {
  domain: string;
  /** Folder of the program. */
  root: string;
  /** The Node that runs it, an absolute path. */
  node: string;
  dataDir: string;
  settings: string;
  /** Does it listen on 80 and 443 itself? */
  isSelf: boolean;
}

/**
 * TMPDIR is a folder that commands beside the node see, too: the database's socket lies in it, and PrivateTmp would
 * hide it. KillMode=mixed lets the node end its worker and PostgreSQL in order. No MemoryDenyWriteExecute: V8
 * compiles at run time.
 */
export function unitText({ domain, root, node, dataDir, settings, isSelf }: UnitParts): string {
  const capability = isSelf ? "CAP_NET_BIND_SERVICE" : "";
  const isInHome = [root, dataDir].some((path) => /^\/(home|root)(\/|$)/.test(path));
  return `# Written by augenhoehe setup, which writes it anew; changes belong into: systemctl edit augenhoehe
[Unit]
Description=Augenhoehe, the conversations of ${domain}
Documentation=file://${root}/docs/guide/operate.md
Wants=network-online.target
After=network-online.target time-sync.target
StartLimitIntervalSec=0

[Service]
Type=exec
User=${SERVICE_USER}
Group=${SERVICE_USER}
WorkingDirectory=${root}
EnvironmentFile=${settings}
Environment=TMPDIR=/run/augenhoehe
RuntimeDirectory=augenhoehe
RuntimeDirectoryMode=0700
ExecStart=${node} ${root}/bin/augenhoehe start --no-demo
Restart=always
RestartSec=3
TimeoutStopSec=20
KillMode=mixed
LimitNOFILE=65536
TasksMax=1024
UMask=0077
AmbientCapabilities=${capability}
CapabilityBoundingSet=${capability}
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=${dataDir}
ProtectHome=${isInHome ? "read-only" : "yes"}
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
}
