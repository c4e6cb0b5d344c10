import { keyRoutes } from "../auth/key-routes.ts";
import { sessionRoutes } from "../auth/session-routes.ts";
import { staffRoutes } from "../auth/staff-routes.ts";
import { consentRoutes } from "../consent/routes.ts";
import type { PersonalRoom } from "../contacts/personal-data.ts";
import { contactRoutes } from "../contacts/routes.ts";
import { documentRoutes } from "../documents/routes.ts";
import type { AnyRoute } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import type { Closing, Purpose, RecipientsOf, TopicNames } from "../skill.ts";
import { type ApiBases, channelRoutes } from "../tenants/channel-routes.ts";
import { companyRoutes } from "../tenants/company-routes.ts";
import { deskSettingsRoutes } from "../tenants/desk-settings-routes.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { parkedRoutes } from "./parked-routes.ts";

export interface KernelRouteOptions {
  /** Rooms beside the kernel's that hold data of persons: the skills. */
  rooms?: readonly PersonalRoom[];
  /** What the rooms use personal data for. */
  purposes?: readonly Purpose[];
  /** What the rooms call the topics of consents. */
  topicNames?: readonly TopicNames[];
  /** Whom the rooms pass personal data on to. */
  recipients?: readonly RecipientsOf[];
  /** What the rooms have to say when a conversation is closed. */
  closing?: readonly Closing[];
  /** Where new channels find their provider's API; the providers' own addresses unless a simulator stands in. */
  apiBases?: ApiBases;
}

/** Every route behind api/company.ts, api/contacts.ts and api/conversations.ts. */
export function kernelRoutes(kernel: Kernel, options: KernelRouteOptions = {}): AnyRoute[] {
  return [
    ...sessionRoutes(kernel),
    ...conversationRoutes(kernel, options.closing ?? []),
    ...contactRoutes(kernel, options.rooms ?? []),
    ...consentRoutes(kernel, options),
    ...companyRoutes(kernel),
    ...staffRoutes(kernel),
    ...deskSettingsRoutes(kernel),
    ...channelRoutes(kernel, options.apiBases),
    ...parkedRoutes(kernel),
    ...keyRoutes(kernel),
    ...documentRoutes(kernel, { purposes: options.purposes ?? [], recipients: options.recipients ?? [] }),
  ];
}
