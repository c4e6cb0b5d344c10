/** CPU seconds of this thread so far; of the whole process where Node cannot tell (before 23.9). */
export function cpuSeconds(): number {
  const usage = process.threadCpuUsage ? process.threadCpuUsage() : process.cpuUsage();
  return (usage.user + usage.system) / 1e6;
}
