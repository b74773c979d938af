/** What `onStart` was given. As an address: a module that does not start with it holds nothing of its type. */
let start: usize = 0;

/**
 * Has a function called when the VM starts, once, before any plugin is configured: at the top level of a file,
 * `vm.onStart((): void => { … })`. The VM's configuration is in reach then, and background work may begin.
 */
export function onStart(run: () => void): void {
  start = changetype<usize>(run);
}

/**
 * Has garbage collected between callbacks only, at the top level of a file: `vm.collectBetweenCallbacks()`. The module is a
 * quarter smaller for it and faster, but all that one callback makes has to fit into memory (16 MiB). For filters whose
 * callbacks make little, whatever clients and servers send.
 */
export function collectBetweenCallbacks(): void {
  // The build looks for the call.
}

/** For the runtime: `proxy_on_vm_start`. */
export function started(): void {
  if (start != 0) changetype<() => void>(start)();
}
