import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../ui/theme.css";
import { reloadWhenOutdated } from "./outdated.ts";
import { queryClient } from "./query-client.ts";
import { router } from "./router.tsx";
import { DeskText } from "./session/desk-text.tsx";
import { applyPreferences } from "./session/preferences.ts";

applyPreferences();
reloadWhenOutdated();
const place = document.getElementById("desk");
if (!place) throw new Error("index.html has lost its #desk");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <DeskText>
        <RouterProvider router={router} />
      </DeskText>
    </QueryClientProvider>
  </StrictMode>,
);
