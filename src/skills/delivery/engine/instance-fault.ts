/** What an instance or a plan says that cannot be worked with: one sentence for the person who wrote it. */
export class InstanceFault extends Error {}
