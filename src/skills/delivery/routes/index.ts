import type { AnyRoute, Files, House } from "#kernel";
import { expectedOf } from "../evening/expected.ts";
import type { Geocoder } from "../places/geocoder.ts";
import type { Room } from "../plan/room.ts";
import { checkoutRoutes } from "./checkout.ts";
import { checkoutKeyRoutes } from "./checkout-keys.ts";
import { cityRoutes } from "./cities.ts";
import { cityKnowledgeRoutes } from "./city-knowledge.ts";
import { cityMapRoutes } from "./city-map.ts";
import { contactDeliveryRoutes } from "./contact-deliveries.ts";
import { courierPageRoutes } from "./courier-page.ts";
import { courierRoutes } from "./couriers.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { eveningRoutes } from "./evenings.ts";
import { labelRoutes } from "./labels.ts";
import { liveRoutes } from "./live.ts";
import { otherWorkRoutes } from "./other-work.ts";
import { partnerRoutes } from "./partners.ts";
import { patternRoutes } from "./patterns.ts";
import { placeRoutes } from "./places.ts";
import { roomRoutes } from "./room.ts";
import { runningRoutes } from "./running.ts";
import { sentRoutes } from "./sent.ts";
import { statementRoutes } from "./statement.ts";
import { webhookRoutes } from "./webhooks.ts";

interface Outside {
  readonly geocoder: Geocoder;
  /** Where pictures are kept. */
  readonly files: () => Files;
}

export function allRoutes(house: House, room: Room, { geocoder, files }: Outside): readonly AnyRoute[] {
  return [
    ...deliveryRoutes(house, room),
    ...cityRoutes(house, room),
    ...cityKnowledgeRoutes(house),
    ...courierRoutes(house),
    ...eveningRoutes(house, room),
    ...patternRoutes(house, room),
    ...otherWorkRoutes(house),
    ...labelRoutes(house),
    ...roomRoutes(house),
    ...runningRoutes(house, room),
    ...cityMapRoutes(house),
    ...contactDeliveryRoutes(house, (tenantId, id) => expectedOf(house, tenantId, id)),
    ...liveRoutes(house, room),
    ...placeRoutes(house, room, geocoder),
    ...sentRoutes(house, room, geocoder),
    ...partnerRoutes(house),
    ...webhookRoutes(house),
    ...statementRoutes(house),
    ...checkoutRoutes(house, room, geocoder),
    ...checkoutKeyRoutes(house),
    ...courierPageRoutes(house, room, files),
  ];
}
