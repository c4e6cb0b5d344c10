import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { coinTrees } from "./coin/coin-routes.ts";
import { ConversationPane } from "./conversations/conversation-pane.tsx";
import { ConversationsPage, NothingChosen } from "./conversations/conversations-page.tsx";
import { readFilter } from "./conversations/filter.ts";
import { deliveryTree } from "./delivery/delivery-routes.ts";
import { paymentsTree } from "./payments/payments-routes.ts";
import { root, shell } from "./shell/root-routes.ts";

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { to?: string } => (typeof search.to === "string" ? { to: search.to } : {}),
  component: lazyRouteComponent(() => import("./sign-in/sign-in-page.tsx"), "SignInPage"),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./sign-in/setup-page.tsx"), "SetupPage"),
});

const start = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/conversations" });
  },
});
const conversations = createRoute({
  getParentRoute: () => shell,
  path: "/conversations",
  validateSearch: readFilter,
  component: ConversationsPage,
});
const noConversation = createRoute({
  getParentRoute: () => conversations,
  path: "/",
  component: NothingChosen,
});
const oneConversation = createRoute({
  getParentRoute: () => conversations,
  path: "$id",
  params: { parse: ({ id }) => ({ id: Number(id) }), stringify: ({ id }) => ({ id: String(id) }) },
  component: ConversationPane,
});
const callbacks = createRoute({
  getParentRoute: () => shell,
  path: "/callbacks",
  validateSearch: (found): { log?: true } => (found.log === true ? { log: true } : {}),
  component: lazyRouteComponent(() => import("./callbacks/callbacks-page.tsx"), "CallbacksPage"),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: "/search",
  validateSearch: (found): { q?: string } => (typeof found.q === "string" ? { q: found.q } : {}),
  component: lazyRouteComponent(() => import("./search/search-page.tsx"), "SearchPage"),
});
const knowledge = createRoute({
  getParentRoute: () => shell,
  path: "/knowledge",
  component: lazyRouteComponent(() => import("./knowledge/knowledge-room.tsx"), "KnowledgeRoom"),
});
const knowledgeShelves = [
  createRoute({
    getParentRoute: () => knowledge,
    path: "/",
    component: lazyRouteComponent(() => import("./knowledge/knowledge-page.tsx"), "KnowledgePage"),
  }),
  createRoute({
    getParentRoute: () => knowledge,
    path: "files",
    component: lazyRouteComponent(() => import("./knowledge/files-page.tsx"), "FilesPage"),
  }),
  createRoute({
    getParentRoute: () => knowledge,
    path: "health",
    component: lazyRouteComponent(() => import("./knowledge/health/health-page.tsx"), "HealthPage"),
  }),
  createRoute({
    getParentRoute: () => knowledge,
    path: "proposals",
    component: lazyRouteComponent(() => import("./knowledge/proposals/proposals-page.tsx"), "ProposalsPage"),
  }),
  createRoute({
    getParentRoute: () => knowledge,
    path: "teaching",
    component: lazyRouteComponent(() => import("./knowledge/teaching/teaching-page.tsx"), "TeachingPage"),
  }),
  createRoute({
    getParentRoute: () => knowledge,
    path: "versions",
    component: lazyRouteComponent(() => import("./knowledge/versions/versions-page.tsx"), "VersionsPage"),
  }),
  createRoute({
    getParentRoute: () => knowledge,
    path: "packs",
    validateSearch: (found): { first?: true } => (found.first === true ? { first: true } : {}),
    component: lazyRouteComponent(() => import("./knowledge/packs/packs-page.tsx"), "PacksPage"),
  }),
  createRoute({
    getParentRoute: () => knowledge,
    path: "packs/$pack",
    component: lazyRouteComponent(() => import("./knowledge/packs/pack-page.tsx"), "PackPage"),
  }),
] as const;
const flows = createRoute({
  getParentRoute: () => knowledge,
  path: "flows",
  component: lazyRouteComponent(() => import("./flows/flows-room.tsx"), "FlowsRoom"),
});
const flowShelf = [
  createRoute({
    getParentRoute: () => flows,
    path: "/",
    component: lazyRouteComponent(() => import("./flows/flows-page.tsx"), "FlowsPage"),
  }),
  createRoute({
    getParentRoute: () => flows,
    path: "$flow",
    component: lazyRouteComponent(() => import("./flows/flow-page.tsx"), "FlowPage"),
  }),
] as const;
const topic = createRoute({
  getParentRoute: () => knowledge,
  path: "$topic",
  // Where the first example comes from; never its words, which would stay in the browser's history.
  validateSearch: (found): { conversation?: number; question?: string } => ({
    ...(typeof found.conversation === "number" && { conversation: found.conversation }),
    ...(typeof found.question === "string" && { question: found.question }),
  }),
  component: lazyRouteComponent(() => import("./knowledge/topic-page.tsx"), "TopicPage"),
});
const notices = createRoute({
  getParentRoute: () => shell,
  path: "/notices",
  component: lazyRouteComponent(() => import("./notices/notices-room.tsx"), "NoticesRoom"),
});
const noticeShelves = [
  createRoute({
    getParentRoute: () => notices,
    path: "/",
    component: lazyRouteComponent(() => import("./notices/notices-page.tsx"), "NoticesPage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "$notice",
    validateSearch: (found): { topicId?: number } =>
      typeof found.topicId === "number" ? { topicId: found.topicId } : {},
    component: lazyRouteComponent(() => import("./notices/notice-page.tsx"), "NoticePage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "topics",
    component: lazyRouteComponent(() => import("./notices/topics/topics-page.tsx"), "TopicsPage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "topics/$topic",
    component: lazyRouteComponent(() => import("./notices/topics/topic-page.tsx"), "NoticeTopicPage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "templates",
    component: lazyRouteComponent(() => import("./notices/templates-page.tsx"), "TemplatesPage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "sources",
    component: lazyRouteComponent(() => import("./notices/sources/sources-page.tsx"), "SourcesPage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "sources/$source",
    component: lazyRouteComponent(() => import("./notices/sources/source-page.tsx"), "SourcePage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "rules",
    component: lazyRouteComponent(() => import("./notices/rules-page.tsx"), "RulesPage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "advocate",
    component: lazyRouteComponent(() => import("./advocate/advocate-page.tsx"), "AdvocatePage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "reports",
    component: lazyRouteComponent(() => import("./reports/reports-page.tsx"), "ReportsPage"),
  }),
  createRoute({
    getParentRoute: () => notices,
    path: "reports/$report",
    component: lazyRouteComponent(() => import("./reports/report-page.tsx"), "ReportPage"),
  }),
] as const;
const business = createRoute({
  getParentRoute: () => shell,
  path: "/business",
  component: lazyRouteComponent(() => import("./business/business-room.tsx"), "BusinessRoom"),
});
const businessShelves = [
  createRoute({
    getParentRoute: () => business,
    path: "/",
    component: lazyRouteComponent(() => import("./business/quotations-page.tsx"), "QuotationsPage"),
  }),
  createRoute({
    getParentRoute: () => business,
    path: "quotations/$quotation",
    component: lazyRouteComponent(() => import("./business/quotation-page.tsx"), "QuotationPage"),
  }),
  createRoute({
    getParentRoute: () => business,
    path: "companies",
    component: lazyRouteComponent(() => import("./business/companies-page.tsx"), "CompaniesPage"),
  }),
  createRoute({
    getParentRoute: () => business,
    path: "companies/$company",
    component: lazyRouteComponent(() => import("./business/company-page.tsx"), "CompanyPage"),
  }),
  createRoute({
    getParentRoute: () => business,
    path: "letterhead",
    component: lazyRouteComponent(() => import("./business/letterhead-page.tsx"), "LetterheadPage"),
  }),
] as const;
const monday = createRoute({
  getParentRoute: () => shell,
  path: "/monday",
  component: lazyRouteComponent(() => import("./week/week-room.tsx"), "WeekRoom"),
});
const mondayShelves = [
  createRoute({
    getParentRoute: () => monday,
    path: "/",
    // The mail's last line leads here with "off".
    validateSearch: (found): { week?: string; mail?: "off" } => ({
      ...(typeof found.week === "string" && { week: found.week }),
      ...(found.mail === "off" && { mail: "off" as const }),
    }),
    component: lazyRouteComponent(() => import("./week/week-page.tsx"), "WeekPage"),
  }),
  createRoute({
    getParentRoute: () => monday,
    path: "costs",
    component: lazyRouteComponent(() => import("./week/costs-page.tsx"), "CostsPage"),
  }),
] as const;
const parked = createRoute({
  getParentRoute: () => shell,
  path: "/parked",
  component: lazyRouteComponent(() => import("./parked/parked-page.tsx"), "ParkedPage"),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/settings-page.tsx"), "SettingsPage"),
});
const noSetting = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/me" });
  },
});
const rooms = [
  createRoute({
    getParentRoute: () => settings,
    path: "me",
    component: lazyRouteComponent(() => import("./settings/preferences-room.tsx"), "PreferencesRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "company",
    component: lazyRouteComponent(() => import("./settings/company-room.tsx"), "CompanyRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "staff",
    component: lazyRouteComponent(() => import("./settings/staff-room.tsx"), "StaffRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "channels",
    component: lazyRouteComponent(() => import("./settings/channels-room.tsx"), "ChannelsRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "registers",
    component: lazyRouteComponent(() => import("./settings/registers-room.tsx"), "RegistersRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "colleagues",
    component: lazyRouteComponent(() => import("./settings/colleagues-room.tsx"), "ColleaguesRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "telephone",
    component: lazyRouteComponent(() => import("./settings/telephone-room.tsx"), "TelephoneRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "text-blocks",
    component: lazyRouteComponent(() => import("./settings/text-blocks-room.tsx"), "TextBlocksRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "documents",
    component: lazyRouteComponent(() => import("./settings/documents-room.tsx"), "DocumentsRoom"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "api-keys",
    component: lazyRouteComponent(() => import("./settings/api-keys-room.tsx"), "ApiKeysRoom"),
  }),
] as const;

const tree = root.addChildren([
  signIn,
  setup,
  shell.addChildren([
    start,
    conversations.addChildren([noConversation, oneConversation]),
    callbacks,
    search,
    knowledge.addChildren([flows.addChildren(flowShelf), ...knowledgeShelves, topic]),
    notices.addChildren(noticeShelves),
    business.addChildren(businessShelves),
    deliveryTree,
    paymentsTree,
    ...coinTrees,
    monday.addChildren(mondayShelves),
    parked,
    settings.addChildren([noSetting, ...rooms]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: "/desk",
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
