import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Of no account: what a container's folder belongs to on its host. */
const NAMELESS = { uid: 471_199, gid: 471_198 };

test.skipIf(process.getuid?.() !== 0)(
  "root works as the owner of a folder, also where that number has no name",
  () => {
    expect(spawnSync("id", [String(NAMELESS.uid)]).status).not.toBe(0);
    const folder = mkdtempSync(join(tmpdir(), "ah-owner-"));
    try {
      chownSync(folder, NAMELESS.uid, NAMELESS.gid);
      const program = `
      const { workAsOwner } = await import(${JSON.stringify(new URL("./own-folder.ts", import.meta.url).href)});
      workAsOwner(${JSON.stringify(folder)});
      const { getuid, getgid, getgroups, cwd, env } = process;
      console.log(JSON.stringify({ uid: getuid(), gid: getgid(), groups: getgroups(), cwd: cwd(), home: env.HOME }));`;
      const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      expect(stderr).toBe("");
      const groups = [NAMELESS.gid];
      expect(JSON.parse(stdout)).toEqual({ ...NAMELESS, groups, cwd: "/", home: folder });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
