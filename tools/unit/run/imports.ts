/** Imports by module and name. */
export type Imports = Record<string, Record<string, unknown>>;

/** Adds what a module imports and nobody offers: calling it says so. */
export function fillMissing(module: WebAssembly.Module, offered: Imports): Imports {
  const imports: Imports = { ...offered };
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const group = (imports[from] = { ...imports[from] });
    if (kind !== "function" || name in group) continue;
    group[name] = () => {
      throw new Error(`${from}.${name}: no such function in a spec`);
    };
  }
  return imports;
}
