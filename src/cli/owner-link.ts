import { makeSetupCode, readConfig, setupLink } from "#kernel";
import { besideNode } from "./beside.ts";
import { print, readOptions, tell } from "./options.ts";

/** `owner-link`: a one-time link with which the first owner of an empty node signs up; an older link ends. */
export async function ownerLinkCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, { options: { data: { type: "string" } } });
  const config = readConfig({ dataDir: values.data });
  const base = config.publicUrl || `http://${config.host}:${config.port}`;
  const code = await besideNode({ dataDir: values.data, mayMake: true }, ({ db, clock }) =>
    makeSetupCode(db, clock.now()),
  );
  if (code) print(setupLink(base, code));
  else
    tell(
      "This node has an owner already. A forgotten password: an owner renews it at the desk under Team; for an only owner, augenhoehe new-password ADDRESS.",
    );
  return 0;
}
