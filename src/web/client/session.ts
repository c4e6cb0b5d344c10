import { request } from "./call.ts";

const json = { "content-type": "application/json" };

/** Starts a session (cookie). Throws Problem with status 401 when e-mail or password is wrong. */
export async function signIn(email: string, password: string): Promise<void> {
  const response = await request("/api/auth/sign-in/email", {
    method: "POST",
    headers: json,
    body: JSON.stringify({ email, password }),
  });
  await response.arrayBuffer();
}

export async function signOut(): Promise<void> {
  await request("/api/auth/sign-out", { method: "POST", headers: json, body: "{}" });
}

/** Throws Problem when the present password is wrong or the new one too short. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const body = JSON.stringify({ currentPassword, newPassword, revokeOtherSessions: true });
  await request("/api/auth/change-password", { method: "POST", headers: json, body });
}
