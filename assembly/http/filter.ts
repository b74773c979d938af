import { Action } from "./action";
import { Exchange } from "./exchange";

/** What the runtime knows of a filter, whatever its exchanges are. Authors extend `HttpFilter`. */
export abstract class FilterBase {
  /**
   * Called once when all settings are read and each is sound by itself. Say here what no single setting shows, with `config.problem(…)`: a
   * configuration with a problem is refused and never meets traffic.
   */
  onConfigure(): void {}

  /** Whether its exchanges hold anything. */
  abstract keepsState(): bool;

  /** A new exchange of the filter's own kind. */
  abstract newExchange(): Exchange;

  abstract handleRequest(x: Exchange): Action;

  abstract handleResponse(x: Exchange): Action;
}

/**
 * A filter for HTTP. Its fields are its settings, read with `config.…`; it lives as long as its configuration and serves
 * all requests, so nothing that belongs to one request may be kept in it: that goes into a subclass of `Exchange`.
 * Override what you need; a callback that nobody overrides is not even called.
 */
export class HttpFilter<E extends Exchange = Exchange> extends FilterBase {
  /** Request headers have arrived. The place to refuse, to change the request, to pick a route. */
  onRequest(x: E): Action {
    return Action.Continue;
  }

  /** Response headers have arrived, from the upstream or from a reply sent by a filter or the proxy itself. */
  onResponse(x: E): Action {
    return Action.Continue;
  }

  @inline
  keepsState(): bool {
    return idof<E>() != idof<Exchange>();
  }

  newExchange(): Exchange {
    return instantiate<E>();
  }

  handleRequest(x: Exchange): Action {
    return this.onRequest(changetype<E>(x));
  }

  handleResponse(x: Exchange): Action {
    return this.onResponse(changetype<E>(x));
  }
}
