import { AuthorityFilter, Opa, config, register, vm } from "meshscript/assembly";

vm.collectBetweenCallbacks();

class ExtAuthzOpa extends AuthorityFilter {
  /** The Open Policy Agent and the rule of it that decides. */
  opa: Opa = config.group<Opa>("opa");

  override onConfigure(): void {
    this.use(this.opa);
  }
}

register<ExtAuthzOpa>();
