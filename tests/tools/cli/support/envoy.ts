/** For tests that need real Envoy: the reason to skip them where `npm test -- --no-envoy` asks for that. */
export const withoutEnvoy = process.env.MESHSCRIPT_NO_ENVOY ? "--no-envoy" : false;
