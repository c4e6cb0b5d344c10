import type { House, Tx } from "#kernel";
import type { MessageTemplate } from "./template.ts";

/** What the evening asks of the house beside its own rows. */
export interface EveningOutside {
  /**
   * Approved words for channels whose window is closed (WhatsApp's 24 hours).
   * @param tx sees this company; a second connection beside the evening's could wait for ever
   */
  templates(tx: Tx, tenantId: number): Promise<readonly MessageTemplate[]>;
}

const known = new WeakMap<House, EveningOutside>();

/** Said once for a house, where the skill is put together. */
export function setEveningOutside(house: House, outside: EveningOutside): void {
  known.set(house, outside);
}

export function eveningOutside(house: House): EveningOutside {
  return known.get(house) ?? { templates: async () => [] };
}

type WithConfig = House & { config?: { publicUrl: string; host: string; port: number } };

function baseOf(house: WithConfig): string {
  const { publicUrl = "", host = "localhost", port = 0 } = house.config ?? {};
  return (publicUrl || `http://${host}:${port}`).replace(/\/$/, "");
}

/** The address of a customer's live page; its key stands in the fragment, which no server's log sees. */
export const livePage = (house: House, tenantId: number, key: string): string =>
  `${baseOf(house)}/delivery#${tenantId}.${key}`;

/** The address of a courier's page, alike. */
export const courierPage = (house: House, tenantId: number, key: string): string =>
  `${baseOf(house)}/courier#${tenantId}.${key}`;
