import { inOrder, type KeptWallet, type Store, type Waiting } from "../state/wallet-store.ts";

/** Lives as long as a test. */
export function memoryStore(): Store {
  const wallets = new Map<string, KeptWallet>();
  const queue = new Map<string, Waiting>();
  return {
    wallets: async () => [...wallets.values()],
    queue: async () => inOrder([...queue.values()]),
    async write({ wallet, waiting }) {
      if (wallet) wallets.set(wallet.id, wallet);
      if (waiting) queue.set(waiting.id, waiting);
    },
    drop: async (id) => void queue.delete(id),
    forget: async (id) => void wallets.delete(id),
  };
}
