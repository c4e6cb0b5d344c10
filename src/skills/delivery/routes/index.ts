import type { AnyRoute, House } from "#kernel";
import { expectedOf } from "../evening/expected.ts";
import type { Room } from "../plan/room.ts";
import { cityRoutes } from "./cities.ts";
import { cityMapRoutes } from "./city-map.ts";
import { contactDeliveryRoutes } from "./contact-deliveries.ts";
import { courierRoutes } from "./couriers.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { eveningRoutes } from "./evenings.ts";
import { labelRoutes } from "./labels.ts";
import { liveRoutes } from "./live.ts";
import { otherWorkRoutes } from "./other-work.ts";
import { roomRoutes } from "./room.ts";
import { runningRoutes } from "./running.ts";

export function allRoutes(house: House, room: Room): readonly AnyRoute[] {
  return [
    ...deliveryRoutes(house, room),
    ...cityRoutes(house, room),
    ...courierRoutes(house),
    ...eveningRoutes(house, room),
    ...otherWorkRoutes(house),
    ...labelRoutes(house),
    ...roomRoutes(house),
    ...runningRoutes(house, room),
    ...cityMapRoutes(house),
    ...contactDeliveryRoutes(house, (tenantId, id) => expectedOf(house, tenantId, id)),
    ...liveRoutes(house, room),
  ];
}
