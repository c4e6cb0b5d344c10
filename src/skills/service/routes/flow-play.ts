import { type AnyRoute, type House, route } from "#kernel";
import { checkFlow, playFlow } from "../api/flows.ts";
import {
  Dialogue,
  describeFault,
  drawFlow,
  formatFlow,
  inspectFlow,
  NODE,
  parseFlow,
  type RunContext,
  waysFrom,
} from "../flow-text/index.ts";
import { flowCacheOf } from "../store/flow-cache.ts";
import { readTopics } from "../store/flow-surroundings.ts";
import { inFlows } from "../store/flow-tables.ts";
import type { RouteParts } from "./index.ts";

/** What the editor shows beside a text: faults, drawing, examples, and the text played. Nothing is stored or sent. */
export function flowPlayRoutes(house: House, parts: RouteParts): readonly AnyRoute[] {
  return [
    route(checkFlow, async ({ actor, body }) => {
      const { tenantId } = actor;
      const context = await contextFor(house, parts, tenantId);
      const { name } = parseFlow(body.text).document;
      // Read once and kept, rather than all live texts again with every letter that somebody types.
      const flows = flowCacheOf(house);
      await flows.prepare([tenantId]);
      const others = flows
        .of(tenantId)
        .live()
        .flatMap((one) => (one.name === name ? [] : [one.document]));
      const topics = await inFlows(house, tenantId, (tx) => readTopics(tx, tenantId));
      const surroundings = { topics, others };
      const { document, faults, examples } = inspectFlow(body.text, { surroundings, context });
      return {
        name,
        formatted: faults.some(({ code }) => code === "tooLong") ? body.text : formatFlow(document),
        faults: faults.map((one) => ({
          line: one.line,
          column: one.column,
          code: one.code,
          text: describeFault(one, body.language),
        })),
        steps: document.steps.map((step) => ({ name: step.name, line: step.line, ways: waysFrom(step) })),
        drawing: drawFlow(document),
        nodeWidth: NODE.width,
        nodeHeight: NODE.height,
        examples: examples.map((one) => ({ ...one, misses: [...one.misses] })),
      };
    }),
    route(playFlow, async ({ actor, body }) => {
      const context = await contextFor(house, parts, actor.tenantId);
      const dialogue = new Dialogue(parseFlow(body.text).document, { ...context, language: body.language });
      const beats = body.inputs.map((input) => {
        const { says, path, ...beat } = dialogue.take(input);
        return {
          ...beat,
          path: [...path],
          says: says.map(({ text, options = [], link = null, isTopic = false }) => ({
            text,
            options: [...options],
            link,
            isTopic,
          })),
        };
      });
      return { beats, request: dialogue.request };
    }),
  ];
}

/** What a flow knows of the company while it is played. */
export async function contextFor(
  house: House,
  { cache, hours }: Pick<RouteParts, "cache" | "hours">,
  tenantId: number,
): Promise<Omit<RunContext, "language">> {
  const tenant = await house.profile(tenantId);
  await cache.prepare([tenantId], { withModels: false });
  const now = house.clock.now();
  return {
    now,
    timeZone: tenant.timeZone,
    orderStyle: cache.known(tenantId).knowledge.orderStyle,
    isOpen: hours.isOpen(tenant, now),
  };
}
