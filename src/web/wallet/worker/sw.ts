import { keepPage } from "../../customer-page/keep-page.ts";

/** The wallet opens and signs without a net; calls to the node are never answered from here. */
keepPage({ page: "/wallet", cache: "wallet-1" });
