import { AuthorityFilter, GrpcService, HeaderNames, config, register, vm } from "meshscript/assembly";

vm.collectBetweenCallbacks();

class ExtAuthzGrpc extends AuthorityFilter {
  /** The authority: it offers `envoy.service.auth.v3.Authorization`. */
  grpc_service: GrpcService = config.group<GrpcService>("grpc_service");
  /** Headers that the authority sees; all of them when there are no patterns. */
  allowed_headers: HeaderNames = config.group<HeaderNames>("allowed_headers");
  /** Headers that it does not see, even if they are allowed. */
  disallowed_headers: HeaderNames = config.group<HeaderNames>("disallowed_headers");

  override onConfigure(): void {
    this.grpc_service.allowed = this.allowed_headers;
    this.grpc_service.disallowed = this.disallowed_headers;
    this.use(this.grpc_service);
  }
}

register<ExtAuthzGrpc>();
