import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { folderPlace } from "./folder-place.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-place-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("a file that is renewed appears whole, whatever a killed process left of an earlier one", async () => {
  const place = folderPlace(folder);
  await writeFile(join(folder, "augenhoehe-list.json.part"), "half of");
  await place.replace("augenhoehe-list.json", Buffer.from("one"));
  await place.replace("augenhoehe-list.json", Buffer.from("two"));
  expect(await readFile(join(folder, "augenhoehe-list.json"), "utf8")).toBe("two");
  expect((await readdir(folder)).sort()).toEqual(["augenhoehe-list.json", "augenhoehe-list.json.part"]);
});

it("two that renew it at once leave one of both, whole", async () => {
  const texts = ["a".repeat(300_000), "b".repeat(200_000)];
  await Promise.all(texts.map((text) => folderPlace(folder).replace("list.json", Buffer.from(text))));
  expect(texts).toContain(await readFile(join(folder, "list.json"), "utf8"));
  expect(await readdir(folder)).toEqual(["list.json"]);
});

it("a backup is written once at a time under its name", async () => {
  const place = folderPlace(folder);
  const sink = await place.create("one.ahb");
  await expect(place.create("one.ahb")).rejects.toMatchObject({ code: "busy" });
  await sink.discard();
  expect(await readdir(folder)).toEqual([]);
});

it("a name that leads nowhere, or is gone when it is looked at, hides no other", async () => {
  await writeFile(join(folder, "augenhoehe-20260101T000000Z.ahb"), "four");
  await symlink(join(folder, "nowhere"), join(folder, "augenhoehe-gone.part"));
  const place = folderPlace(folder);
  expect(await place.list()).toEqual([{ name: "augenhoehe-20260101T000000Z.ahb", bytes: 4 }]);
  await place.replace("augenhoehe-list.json", Buffer.from("[]"));
  expect(existsSync(join(folder, "augenhoehe-list.json"))).toBe(true);
});

it("what is not there is said; a folder is no backup", async () => {
  await expect(folderPlace(folder).open("none.ahb")).rejects.toMatchObject({ code: "no-backup" });
  await expect(folderPlace(tmpdir()).open(folder.slice(tmpdir().length + 1))).rejects.toMatchObject({
    code: "no-backup",
  });
});
