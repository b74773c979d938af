import { Action, Exchange, Headers, HttpFilter, config, register } from "meshscript/assembly";
import { Mutation } from "./mutation";

class Mutations {
  /** Changes to the request's headers, in order. */
  request_mutations: Mutation[] = config.list<Mutation>("request_mutations", false);
  /** Changes to the response's headers, in order. */
  response_mutations: Mutation[] = config.list<Mutation>("response_mutations", false);
}

class HeaderMutation extends HttpFilter {
  /** What is changed. */
  mutations: Mutations = config.group<Mutations>("mutations");

  override onConfigure(): void {
    const mutations = this.mutations.request_mutations;
    for (let i = 0; i < mutations.length; ++i) {
      const value = mutations[i].value;
      if (value === null || !value.needsResponse) continue;
      config.problem("mutations.request_mutations", "speaks of the response, which is not there yet", i);
    }
  }

  override onRequest(x: Exchange): Action {
    const later = this.mutations.response_mutations;
    for (let i = 0; i < later.length; ++i) {
      const value = later[i].value;
      if (value !== null) value.remember(x);
    }
    apply(this.mutations.request_mutations, x, x.request.headers);
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    apply(this.mutations.response_mutations, x, x.response.headers);
    return Action.Continue;
  }
}

function apply(mutations: Mutation[], x: Exchange, headers: Headers): void {
  for (let i = 0; i < mutations.length; ++i) mutations[i].apply(x, headers);
}

register<HeaderMutation>();
