import { renewPasswordOf } from "../kernel/auth/accounts.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, UsageError } from "./options.ts";

/** `new-password ADDRESS`: the only owner has forgotten the password, and whoever runs the machine helps. */
export async function newPasswordCommand(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: { data: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const [email, ...more] = positionals;
  if (!email?.includes("@") || more.length > 0)
    throw new UsageError("Give the address with which the person signs in: new-password ADDRESS.");
  const oneTimePassword = await besideNode({ dataDir: values.data, mayMake: false }, (kernel) =>
    renewPasswordOf(kernel, email),
  );
  if (oneTimePassword === null)
    throw new Error(
      "Nobody signs in with this address; nothing was changed. At the desk the team stands under House, Team.",
    );
  if (values.json) print(JSON.stringify({ oneTimePassword }));
  else
    print(
      `one-time password  ${oneTimePassword}  (shown only now; every session of the person has ended; change it after the sign-in)`,
    );
  return 0;
}
