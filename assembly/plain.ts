// For plain `asc`: an entry file whose exports become the module's. It names the package, as filters do, so that the
// library is compiled once. `meshscript build` makes an entry like this by itself, and a much smaller module.
export * from "meshscript/assembly/entry";
