import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type NodeReport, type RunningNode, startNode } from "./node.ts";

/**
 * One real node with the demo for all journeys that do not need their own: started when the first of them asks,
 * stopped at the end of the run. Journeys on it run side by side, so each speaks as customers of its own.
 */

export interface SharedNode {
  report: NodeReport;
  dataDir: string;
}

const VARIABLE = "AH_SHARED_NODE";

/** Called by tests/setup.ts. @returns stops the node, if anybody asked for it */
export async function offerSharedNode(): Promise<() => Promise<void>> {
  let starting: Promise<RunningNode> | null = null;
  let isOver = false;
  const server = createServer((_request, response) => {
    starting ??= start().then((node) => {
      node.child.once("exit", (code, signal) => {
        if (!isOver)
          process.stderr.write(
            `The shared node ended with ${signal ?? code}:\n${node.stderr().slice(-8_000)}\n`,
          );
      });
      return node;
    });
    starting.then(
      ({ report, dataDir }) => response.end(JSON.stringify({ report, dataDir })),
      (error: Error) => {
        response.statusCode = 500;
        response.end(error.message);
      },
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  process.env[VARIABLE] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return async () => {
    isOver = true;
    server.close();
    server.closeAllConnections();
    const node = await starting?.catch(() => null);
    await node?.discard();
  };
}

function start(): Promise<RunningNode> {
  return startNode({
    env: {
      DOUBTFUL_WAIT_SECONDS: "3",
      SOURCE_HOSTS: "127.0.0.1,localhost",
      SERVICE_HOSTS: "127.0.0.1",
    },
  });
}

/** @throws Error with what the node said when it could not start */
export async function sharedNode(): Promise<SharedNode> {
  const address = process.env[VARIABLE];
  if (!address) throw new Error("No shared node: run the journeys through vitest, tests/setup.ts offers it");
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The shared node did not start: ${await answer.text()}`);
  return (await answer.json()) as SharedNode;
}
