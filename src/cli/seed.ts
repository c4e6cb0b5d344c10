import { announceTenant } from "../kernel/tenants/establish.ts";
import { besideNode } from "./beside.ts";
import { demoMemory } from "./demo/memory.ts";
import { type DemoAccess, seedDemo } from "./demo/seed.ts";
import { print, readOptions, tell } from "./options.ts";

/** `seed`: adds the demo company to an empty node, once; a second call shows its access again. */
export async function seedCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: { data: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const demo = await besideNode({ dataDir: values.data, mayMake: true }, async (kernel) => {
    const access = await seedDemo(kernel, { remember: demoMemory(kernel.config.dataDir), tell });
    // A node that runs beside us serves the demo at once.
    for (const tenantId of access?.tenants ?? [])
      await kernel.db.registry((tx) => announceTenant(tx, tenantId));
    return access;
  });
  if (!demo) {
    tell(
      "Nothing was added: this node has companies of its own, and the demo is only given to an empty one.",
    );
    return 1;
  }
  if (values.json) print(JSON.stringify(accessOf(demo)));
  else
    print(
      [
        `page      /c/${demo.slug}`,
        `sign-in   ${demo.signIn.email}  ${demo.signIn.password}`,
        `tenants   ${demo.tenants.join(", ")}`,
      ].join("\n"),
    );
  return 0;
}

function accessOf({ slug, signIn, apiKey, tenants }: DemoAccess) {
  return { slug, signIn, apiKey, tenants };
}
