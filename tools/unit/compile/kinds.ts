import * as compiler from "assemblyscript";

// The compiler's declarations call these `const enum`, which TypeScript cannot read from another module, but its
// bundle exports them as objects. So no number of theirs, which differ between versions, stands in this code.
const bundle = compiler as unknown as {
  NodeKind: Record<
    | "ClassDeclaration"
    | "FieldDeclaration"
    | "MethodDeclaration"
    | "NamespaceDeclaration"
    | "Import"
    | "Export"
    | "Block"
    | "SwitchCase"
    | "Empty"
    | "Expression"
    | "If"
    | "For"
    | "ForOf"
    | "While"
    | "Do",
    number
  >;
  CommonFlags: Record<"Instance" | "Get", number>;
};

/** Kinds of nodes in a syntax tree. */
export const { NodeKind, CommonFlags } = bundle;
