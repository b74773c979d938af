// A health check: ends with 0 where the address on the command line answers 200.
const answer = await fetch(process.argv[2], { signal: AbortSignal.timeout(1500) }).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
